namespace System;

/// <summary>The reason why a call ends. Nothing catches it: its message is what remains.</summary>
public class Exception
{
    private readonly string _message;
    private readonly Exception _innerException;

    public Exception()
    {
    }

    public Exception(string message) => _message = message;

    public Exception(string message, Exception innerException)
    {
        _message = message;
        _innerException = innerException;
    }

    public virtual string Message => _message ?? "Exception was thrown.";

    public Exception InnerException => _innerException;

    public override string ToString() => Message;
}
