using Phala.Client.Clusters;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;

namespace Phala.Client.Hosting;

/// <summary>Which chain and which cluster a program uses.</summary>
public sealed class PhalaClientOptions
{
    /// <summary>The node's JSON-RPC.</summary>
    public Uri Node { get; set; } = new("ws://127.0.0.1:9944");

    /// <summary>The hash of the chain's first block: what everything is verified from. Without it the node is believed about that one block.</summary>
    public Hash256? Genesis { get; set; }

    /// <summary>The cluster; the chain's first if not set.</summary>
    public Hash256 Cluster { get; set; } = ContractId.OfCluster(1);

    /// <summary>What is insisted on of answers and receipts.</summary>
    public ClusterOptions ClusterOptions { get; set; } = new();
}
