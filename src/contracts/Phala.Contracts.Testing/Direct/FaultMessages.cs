using System.Runtime.CompilerServices;

namespace Phala.Contracts.Testing.Direct;

/// <summary>The messages with which compiled contracts end where .NET, or its library, would throw an exception of its own. What the author throws keeps its message.</summary>
internal static class FaultMessages
{
    private const string SameKey = "An item with the same key has already been added.";

    internal static string Of(Exception exception) => exception switch
    {
        NullReferenceException => "null reference",
        IndexOutOfRangeException => "index out of range",
        DivideByZeroException => "division by zero",
        OverflowException => "overflow",
        InvalidCastException => "invalid cast",
        SwitchExpressionException => "Non-exhaustive switch expression failed to match its input.",
        _ when IsOfLibrary(exception) => OfLibrary(exception),
        _ => exception.Message,
    };

    private static bool IsOfLibrary(Exception exception) => exception.TargetSite?.DeclaringType?.Assembly.GetName().Name?.StartsWith("System.", StringComparison.Ordinal) ?? false;

    // The library of contracts names no values: that would be code in every contract.
    private static string OfLibrary(Exception exception) => exception switch
    {
        ArgumentOutOfRangeException => "index out of range",
        KeyNotFoundException => "The given key was not present in the dictionary.",
        FormatException when exception.Message.StartsWith("The input string '", StringComparison.Ordinal) => "The input string was not in a correct format.",
        FormatException when exception.Message.EndsWith("valid Boolean.", StringComparison.Ordinal) => "String was not recognized as a valid Boolean.",
        ArgumentException when exception.Message.StartsWith(SameKey, StringComparison.Ordinal) => SameKey,
        ArgumentException when exception.Message.StartsWith("Delegate to an instance method", StringComparison.Ordinal) => "null reference",
        _ => exception.Message,
    };
}
