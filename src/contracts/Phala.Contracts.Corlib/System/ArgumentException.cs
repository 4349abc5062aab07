namespace System;

public class ArgumentException : SystemException
{
    private readonly string _paramName;

    public ArgumentException()
        : base("Value does not fall within the expected range.")
    {
    }

    public ArgumentException(string message)
        : base(message)
    {
    }

    public ArgumentException(string message, string paramName)
        : base(message) => _paramName = paramName;

    public virtual string ParamName => _paramName;

    public override string Message => string.IsNullOrEmpty(_paramName) ? base.Message : base.Message + " (Parameter '" + _paramName + "')";

    public static void ThrowIfNullOrEmpty(string argument, string paramName = null)
    {
        ArgumentNullException.ThrowIfNull(argument, paramName);
        if (argument.Length == 0) throw new ArgumentException("The value cannot be an empty string.", paramName);
    }
}
