namespace System;

public class ArgumentOutOfRangeException : ArgumentException
{
    public ArgumentOutOfRangeException()
        : base("Specified argument was out of the range of valid values.")
    {
    }

    public ArgumentOutOfRangeException(string paramName)
        : base("Specified argument was out of the range of valid values.", paramName)
    {
    }

    public ArgumentOutOfRangeException(string paramName, string message)
        : base(message, paramName)
    {
    }

    public ArgumentOutOfRangeException(string paramName, object actualValue, string message)
        : base(message, paramName)
    {
    }
}
