using Phala.Codec;
using Phala.Runtime.Interface.Clusters;

namespace Phala.Worker.Interface.Receipts;

/// <summary>How a receipt hangs together with what the chain holds.</summary>
[Scale]
public abstract partial record ReceiptEvidence
{
    private ReceiptEvidence()
    {
    }

    /// <summary>The cluster's anchor is that of the receipt's entry: its root of receipts has the receipt.</summary>
    /// <param name="Index">The receipt's place among those of the entry.</param>
    /// <param name="Proof">Nodes from the root of receipts to it: <c>Vec&lt;Vec&lt;u8&gt;&gt;</c>.</param>
    [Variant(0)]
    public sealed record Anchored(uint Index, Vec<byte> Proof) : ReceiptEvidence;

    /// <summary>The chain holds the hash of the report that it anchored for the receipt's entry: this one, which has the receipt.</summary>
    /// <param name="Report">The report.</param>
    [Variant(1, Unnamed = true)]
    public sealed record Reported(ClusterReport Report) : ReceiptEvidence;
}
