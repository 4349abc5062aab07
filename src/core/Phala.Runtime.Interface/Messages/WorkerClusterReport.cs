using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Runtime.Interface.Messages;

/// <summary>What a worker says of its cluster.</summary>
[Scale("phala_types::messaging::WorkerClusterReport")]
public abstract partial record WorkerClusterReport
{
    private WorkerClusterReport()
    {
    }

    /// <summary>It has the cluster's keys and executes.</summary>
    /// <param name="Id">The cluster.</param>
    /// <param name="Pubkey">The cluster's identity key.</param>
    [Variant(0)]
    public sealed record ClusterDeployed(Hash256 Id, Sr25519PublicKey Pubkey) : WorkerClusterReport;

    /// <summary>It could not begin.</summary>
    /// <param name="Id">The cluster.</param>
    [Variant(1)]
    public sealed record ClusterDeploymentFailed(Hash256 Id) : WorkerClusterReport;
}
