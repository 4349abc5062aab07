using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Runtime.Interface.Messages;

/// <summary>What a cluster executes besides contracts.</summary>
[Scale("phala_types::messaging::ClusterOperation")]
public abstract partial record ClusterOperation
{
    private ClusterOperation()
    {
    }

    /// <summary>The cluster it is for.</summary>
    public Hash256 ClusterOf => this switch
    {
        DestroyCluster destroy => destroy.Cluster,
        UploadResource upload => upload.Cluster,
        Deposit deposit => deposit.Cluster,
        RemoveWorker remove => remove.Cluster,
        AddWorker add => add.Cluster,
        Create create => create.Cluster,
        _ => throw new InvalidOperationException("Every operation has a cluster."),
    };

    /// <summary>The cluster ends.</summary>
    /// <param name="Cluster">The cluster.</param>
    [Variant(1)]
    public sealed record DestroyCluster(Hash256 Cluster) : ClusterOperation;

    /// <summary>Code is added.</summary>
    /// <param name="Origin">Who adds it.</param>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="ResourceType">What it is.</param>
    /// <param name="ResourceData">Its bytes.</param>
    [Variant(2)]
    public sealed record UploadResource(AccountId Origin, Hash256 Cluster, ResourceType ResourceType, Vec<byte> ResourceData) : ClusterOperation;

    /// <summary>Tokens came in.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Account">Whose they are there.</param>
    /// <param name="Amount">How many, in units of 10⁻¹² PHA.</param>
    [Variant(3)]
    public sealed record Deposit(Hash256 Cluster, AccountId Account, UInt128 Amount) : ClusterOperation;

    /// <summary>A member leaves.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Worker">The worker.</param>
    [Variant(4)]
    public sealed record RemoveWorker(Hash256 Cluster, Sr25519PublicKey Worker) : ClusterOperation;

    /// <summary>A member joins.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Worker">The worker.</param>
    [Variant(64)]
    public sealed record AddWorker(Hash256 Cluster, Sr25519PublicKey Worker) : ClusterOperation;

    /// <summary>The cluster begins: its first message.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Setup">What it begins with.</param>
    /// <param name="Workers">Its members.</param>
    [Variant(65)]
    public sealed record Create(Hash256 Cluster, ClusterSetup Setup, Vec<Sr25519PublicKey> Workers) : ClusterOperation;
}
