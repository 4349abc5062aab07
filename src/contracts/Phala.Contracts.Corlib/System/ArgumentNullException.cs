namespace System;

public class ArgumentNullException : ArgumentException
{
    public ArgumentNullException()
        : base("Value cannot be null.")
    {
    }

    public ArgumentNullException(string paramName)
        : base("Value cannot be null.", paramName)
    {
    }

    public ArgumentNullException(string paramName, string message)
        : base(message, paramName)
    {
    }

    public static void ThrowIfNull(object argument, string paramName = null)
    {
        if (argument is null) Throw(paramName);
    }

    private static void Throw(string paramName) => throw new ArgumentNullException(paramName);
}
