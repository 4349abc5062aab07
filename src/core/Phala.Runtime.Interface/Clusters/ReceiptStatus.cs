using Phala.Codec;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>What everybody may know of a command.</summary>
[Scale("phala_types::receipt::ReceiptStatus")]
public abstract partial record ReceiptStatus
{
    private ReceiptStatus()
    {
    }

    /// <summary>It was executed. How that ended is for who holds the reply key.</summary>
    [Variant(0)]
    public sealed record Executed : ReceiptStatus;

    /// <summary>It was not executed, and changed nothing but that its nonce may be used.</summary>
    /// <param name="Reason">Why.</param>
    [Variant(1, Unnamed = true)]
    public sealed record NotExecuted(Clusters.NotExecuted Reason) : ReceiptStatus;
}
