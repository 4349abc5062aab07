namespace Phala.Contracts.Testing.Direct;

/// <summary>The messages with which compiled contracts end where .NET would throw an exception of its own.</summary>
internal static class FaultMessages
{
    internal static string Of(Exception exception) => exception switch
    {
        NullReferenceException => "Null reference.",
        IndexOutOfRangeException => "Index out of range.",
        DivideByZeroException => "Division by zero.",
        OverflowException => "Overflow.",
        InvalidCastException => "Invalid cast.",
        _ => exception.Message,
    };
}
