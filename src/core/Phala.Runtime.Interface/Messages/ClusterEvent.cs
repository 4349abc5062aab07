using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Runtime.Interface.Messages;

/// <summary>Which clusters there are and who is a member.</summary>
[Scale("phala_types::messaging::ClusterEvent")]
public abstract partial record ClusterEvent
{
    private ClusterEvent()
    {
    }

    /// <summary>A cluster was made. The gatekeeper draws its secrets; members begin with the next entry.</summary>
    /// <param name="Cluster">Its id.</param>
    /// <param name="Setup">What it begins with.</param>
    /// <param name="Workers">Its members.</param>
    [Variant(0)]
    public sealed record DeployCluster(Hash256 Cluster, ClusterSetup Setup, Vec<Sr25519PublicKey> Workers) : ClusterEvent;

    /// <summary>A worker became a member.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Worker">The worker.</param>
    [Variant(64)]
    public sealed record WorkerAdded(Hash256 Cluster, Sr25519PublicKey Worker) : ClusterEvent;

    /// <summary>A worker is a member no longer. It drops the cluster's state and keys.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Worker">The worker.</param>
    [Variant(65)]
    public sealed record WorkerRemoved(Hash256 Cluster, Sr25519PublicKey Worker) : ClusterEvent;

    /// <summary>A cluster ended.</summary>
    /// <param name="Cluster">The cluster.</param>
    [Variant(66)]
    public sealed record ClusterDestroyed(Hash256 Cluster) : ClusterEvent;
}
