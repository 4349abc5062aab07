namespace System.Runtime.CompilerServices;

/// <summary>No arm of a switch expression fits.</summary>
public sealed class SwitchExpressionException : InvalidOperationException
{
    public SwitchExpressionException()
        : base("Non-exhaustive switch expression failed to match its input.")
    {
    }

    public SwitchExpressionException(object unmatchedValue)
        : base("Non-exhaustive switch expression failed to match its input.")
    {
    }
}
