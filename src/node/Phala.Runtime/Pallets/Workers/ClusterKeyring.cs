using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Workers;

/// <summary>The public keys of clusters, epoch by epoch. What the chain has of an epoch never changes: users seal to it.</summary>
internal static class ClusterKeyring
{
    /// <summary>Adds the keys of a cluster's next epoch: the first, or the one after the newest. A cluster's identity stays.</summary>
    public static DispatchResult Add(BlockContext block, ClusterKeyMessage.Available keys)
    {
        TrieOverlay state = block.State;
        bool hasKeys = PhalaRegistry.ClusterEpochs.TryGet(state, keys.Cluster, out uint newest);
        bool isSame = !hasKeys || PhalaRegistry.ClusterIdentities.Get(state, keys.Cluster) == keys.IdentityKey;
        if (!PhalaPhatContracts.Clusters.Contains(state, keys.Cluster)) return PhalaPhatContracts.Error.ClusterNotFound.ToDispatch();
        if (!isSame || keys.Epoch != (hasKeys ? newest + 1 : 0)) return PhalaRegistry.Error.InvalidInput.ToDispatch();
        if (!Registration.IsKey(keys.IdentityKey)) return PhalaRegistry.Error.InvalidPubKey.ToDispatch();
        PhalaRegistry.ClusterKeys.Set(state, new ClusterEpoch(keys.Cluster, keys.Epoch), keys.CommandKey);
        PhalaRegistry.ClusterEpochs.Set(state, keys.Cluster, keys.Epoch);
        block.Deposit(new PhalaRegistry.ClusterKeyAvailable(keys.Cluster, keys.Epoch, keys.CommandKey));
        if (hasKeys) return DispatchResult.Ok;
        PhalaRegistry.ClusterIdentities.Set(state, keys.Cluster, keys.IdentityKey);
        block.Deposit(new PhalaPhatContracts.ClusterPubkeyAvailable(keys.Cluster, keys.IdentityKey));
        return DispatchResult.Ok;
    }
}
