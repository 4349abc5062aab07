namespace Phala.Contracts.Testing.Direct;

/// <summary>The messages with which compiled contracts end where .NET would throw an exception of its own.</summary>
internal static class FaultMessages
{
    internal static string Of(Exception exception) => exception switch
    {
        NullReferenceException => "null reference",
        IndexOutOfRangeException => "index out of range",
        DivideByZeroException => "division by zero",
        OverflowException => "overflow",
        InvalidCastException => "invalid cast",
        _ => exception.Message,
    };
}
