using Phala.Chain;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Pallets.Queue;
using Phala.Trie;

namespace Phala.Runtime.Pallets.Clusters;

/// <summary>Moves tokens into clusters: on the chain they are a cluster's account's, in the cluster whose they were to be.</summary>
internal static class ClusterFunds
{
    /// <summary>Moves tokens into a cluster and tells it.</summary>
    public static DispatchResult Move(BlockContext block, in AccountId from, in Hash256 cluster, in AccountId to, UInt128 amount)
    {
        if (Take(block, from, cluster, amount).Failed(out DispatchError error)) return error;
        block.Deposit(new PhalaPhatContracts.Transfered(cluster, new Hash256(to.AsSpan()), amount));
        return QueueWriter.Push<ClusterOperation>(block, PhalaPhatContracts.Shape, Topics.ClusterOperation, new ClusterOperation.Deposit(cluster, to, amount));
    }

    /// <summary>Moves tokens into a cluster.</summary>
    public static DispatchResult Take(BlockContext block, in AccountId from, in Hash256 cluster, UInt128 amount) =>
        BalancesPallet.Transfer(block, from, ContractId.AccountOfCluster(cluster), amount, keepAlive: true);
}
