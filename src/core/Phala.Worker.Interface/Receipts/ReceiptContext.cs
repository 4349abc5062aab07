using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Worker.Interface.Receipts;

/// <summary>What a sealed outcome is bound to.</summary>
/// <param name="Genesis">The chain.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Contract">The contract.</param>
/// <param name="Message">The command.</param>
public readonly record struct ReceiptContext(Hash256 Genesis, Hash256 Cluster, Hash256 Contract, MessageId Message)
{
    /// <summary>The context of a receipt.</summary>
    public static ReceiptContext Of(in Hash256 genesis, in Hash256 cluster, Receipt receipt) => new(genesis, cluster, receipt.Contract, receipt.Id);
}
