using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Workers;
using Phala.Runtime.Pallets.Queue;
using Phala.Runtime.Pallets.Workers;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Clusters;

/// <summary>Which workers are a cluster's members. A worker is a member of one cluster at most, and joins one that exists only if its operator agreed.</summary>
/// <remarks>Every change is told twice: to all workers, as the gatekeeper wraps keys by it, and in the cluster's channel, as members execute nothing else.
/// Membership opens nothing by itself: secrets are wrapped to sessions that count, and <see cref="SessionRules"/> says which do.</remarks>
internal static class ClusterMembers
{
    /// <summary>Whether workers can be the first members of a cluster.</summary>
    public static PhalaPhatContracts.Error? CheckFirst(TrieOverlay state, Vec<Sr25519PublicKey> workers)
    {
        if (workers.Length == 0) return PhalaPhatContracts.Error.NoWorkerSpecified;
        if (workers.Length > PhalaPhatContracts.MaxWorkers) return PhalaPhatContracts.Error.TooManyWorkers;
        HashSet<Sr25519PublicKey> seen = [];
        foreach (Sr25519PublicKey worker in workers)
        {
            if (!seen.Add(worker)) return PhalaPhatContracts.Error.DuplicatedDeployment;
            if (!PhalaRegistry.Workers.Contains(state, worker)) return PhalaPhatContracts.Error.WorkerNotFound;
            if (PhalaPhatContracts.ClusterByWorkers.Contains(state, worker)) return PhalaPhatContracts.Error.WorkerIsBusy;
        }

        return null;
    }

    /// <summary>Sets the first members.</summary>
    public static void SetFirst(TrieOverlay state, in Hash256 cluster, Vec<Sr25519PublicKey> workers)
    {
        PhalaPhatContracts.ClusterWorkers.Set(state, cluster, workers);
        foreach (Sr25519PublicKey worker in workers) PhalaPhatContracts.ClusterByWorkers.Set(state, worker, cluster);
    }

    /// <summary>Notes that a worker's operator agrees.</summary>
    public static DispatchResult Consent(BlockContext block, in AccountId sender, in Sr25519PublicKey worker, in Hash256 cluster)
    {
        if (!PhalaPhatContracts.Clusters.Contains(block.State, cluster)) return PhalaPhatContracts.Error.ClusterNotFound.ToDispatch();
        if (!PhalaRegistry.Workers.TryGet(block.State, worker, out WorkerInfoV2 info)) return PhalaPhatContracts.Error.WorkerNotFound.ToDispatch();
        if (!IsOperator(info, sender)) return PhalaPhatContracts.Error.InvalidSender.ToDispatch();
        PhalaPhatContracts.WorkerConsents.Set(block.State, worker, cluster);
        block.Deposit(new PhalaPhatContracts.WorkerConsented(worker, cluster));
        return DispatchResult.Ok;
    }

    /// <summary>Adds a worker whose operator agreed. The agreement is used up.</summary>
    public static DispatchResult Add(BlockContext block, in Sr25519PublicKey worker, in Hash256 cluster)
    {
        TrieOverlay state = block.State;
        Vec<Sr25519PublicKey> members = PhalaPhatContracts.ClusterWorkers.Get(state, cluster);
        if (!PhalaRegistry.Workers.Contains(state, worker)) return PhalaPhatContracts.Error.WorkerNotFound.ToDispatch();
        if (members.AsSpan().Contains(worker)) return PhalaPhatContracts.Error.DuplicatedDeployment.ToDispatch();
        if (PhalaPhatContracts.ClusterByWorkers.Contains(state, worker)) return PhalaPhatContracts.Error.WorkerIsBusy.ToDispatch();
        if (members.Length >= PhalaPhatContracts.MaxWorkers) return PhalaPhatContracts.Error.TooManyWorkers.ToDispatch();
        if (!PhalaPhatContracts.WorkerConsents.TryGet(state, worker, out Hash256 agreed) || agreed != cluster) return PhalaPhatContracts.Error.WorkerHasNotConsented.ToDispatch();
        PhalaPhatContracts.WorkerConsents.Remove(state, worker);
        PhalaPhatContracts.ClusterByWorkers.Set(state, worker, cluster);
        PhalaPhatContracts.ClusterWorkers.Set(state, cluster, [.. members.AsSpan(), worker]);
        block.Deposit(new PhalaPhatContracts.WorkerAddedToCluster(worker, cluster));
        return Tell(block, new ClusterEvent.WorkerAdded(cluster, worker), new ClusterOperation.AddWorker(cluster, worker));
    }

    /// <summary>Removes a member. The last one stays: without a member a cluster's state and keys are lost.</summary>
    public static DispatchResult Remove(BlockContext block, in AccountId sender, in Sr25519PublicKey worker, in Hash256 cluster, in AccountId owner)
    {
        TrieOverlay state = block.State;
        bool isOperator = PhalaRegistry.Workers.TryGet(state, worker, out WorkerInfoV2 info) && IsOperator(info, sender);
        if (sender != owner && !isOperator) return PhalaPhatContracts.Error.ClusterPermissionDenied.ToDispatch();
        Vec<Sr25519PublicKey> members = PhalaPhatContracts.ClusterWorkers.Get(state, cluster);
        int place = members.AsSpan().IndexOf(worker);
        if (place < 0) return PhalaPhatContracts.Error.WorkerNotFound.ToDispatch();
        if (members.Length == 1) return PhalaPhatContracts.Error.NoWorkerSpecified.ToDispatch();
        PhalaPhatContracts.ClusterByWorkers.Remove(state, worker);
        PhalaPhatContracts.ClusterWorkers.Set(state, cluster, [.. members.AsSpan()[..place], .. members.AsSpan()[(place + 1)..]]);
        uint left = (uint)members.Length - 1;
        if (PhalaPhatContracts.ReportQuorum.Get(state, cluster) > left) PhalaPhatContracts.ReportQuorum.Set(state, cluster, left);
        block.Deposit(new PhalaPhatContracts.WorkerRemovedFromCluster(worker, cluster));
        return Tell(block, new ClusterEvent.WorkerRemoved(cluster, worker), new ClusterOperation.RemoveWorker(cluster, worker));
    }

    /// <summary>Ends all memberships.</summary>
    public static void RemoveAll(TrieOverlay state, in Hash256 cluster)
    {
        foreach (Sr25519PublicKey worker in PhalaPhatContracts.ClusterWorkers.Get(state, cluster)) PhalaPhatContracts.ClusterByWorkers.Remove(state, worker);
        PhalaPhatContracts.ClusterWorkers.Remove(state, cluster);
    }

    /// <summary>Tells all workers, and the cluster.</summary>
    public static DispatchResult Tell(BlockContext block, ClusterEvent all, ClusterOperation members)
    {
        if (QueueWriter.Push(block, PhalaPhatContracts.Shape, Topics.ClusterEvent, all).Failed(out DispatchError error)) return error;
        return QueueWriter.Push(block, PhalaPhatContracts.Shape, Topics.ClusterOperation, members);
    }

    private static bool IsOperator(WorkerInfoV2 worker, in AccountId sender) => worker.Operator.TryGet(out AccountId known) && known == sender;
}
