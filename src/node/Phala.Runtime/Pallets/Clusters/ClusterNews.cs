using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Pallets.Workers;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Clusters;

/// <summary>What clusters and their members say of themselves.</summary>
internal static class ClusterNews
{
    /// <summary>A cluster says that a contract came into being: one that was instantiated on the chain, or one that another contract made.</summary>
    public static DispatchResult OnContract(BlockContext block, Message message)
    {
        if (message.Sender is not MessageOrigin.Cluster { Id: var cluster }) return PhalaPhatContracts.Error.InvalidSender.ToDispatch();
        if (!Scale.Decode<ContractRegistryEvent>(message.Payload.AsSpan()).TryGet(out ContractRegistryEvent? news) || news is not ContractRegistryEvent.PubkeyAvailable made)
        {
            return PhalaRegistry.Error.CannotHandleUnknownMessage.ToDispatch();
        }

        TrieOverlay state = block.State;
        bool isKnown = PhalaPhatContracts.Contracts.TryGet(state, made.Contract, out BasicContractInfo info);
        if (isKnown && info.Cluster != cluster) return PhalaPhatContracts.Error.InvalidSender.ToDispatch();
        if (PhalaRegistry.ContractKeys.Contains(state, made.Contract)) return PhalaPhatContracts.Error.DuplicatedContract.ToDispatch();
        if (!Registration.IsKey(made.Pubkey)) return PhalaRegistry.Error.InvalidPubKey.ToDispatch();
        if (!isKnown) PhalaPhatContracts.Contracts.Set(state, made.Contract, new BasicContractInfo(new AccountId(made.Deployer.AsSpan()), cluster));
        PhalaRegistry.ContractKeys.Set(state, made.Contract, made.Pubkey);
        Vec<Hash256> contracts = PhalaPhatContracts.ClusterContracts.Get(state, cluster);
        PhalaPhatContracts.ClusterContracts.Set(state, cluster, [.. contracts.AsSpan(), made.Contract]);
        block.Deposit(new PhalaPhatContracts.ContractPubkeyAvailable(made.Contract, cluster, made.Pubkey));
        block.Deposit(new PhalaPhatContracts.Instantiated(made.Contract, cluster, made.Deployer));
        return DispatchResult.Ok;
    }

    /// <summary>A member says whether it executes. It is told to everybody and changes nothing.</summary>
    public static DispatchResult OnWorker(BlockContext block, Message message)
    {
        if (message.Sender is not MessageOrigin.Worker { Identity: var worker }) return PhalaPhatContracts.Error.InvalidSender.ToDispatch();
        if (!Scale.Decode<WorkerClusterReport>(message.Payload.AsSpan()).TryGet(out WorkerClusterReport? news)) return PhalaRegistry.Error.CannotHandleUnknownMessage.ToDispatch();
        if (!PhalaPhatContracts.ClusterByWorkers.TryGet(block.State, worker, out Hash256 cluster)) return PhalaPhatContracts.Error.WorkerNotFound.ToDispatch();
        switch (news)
        {
            case WorkerClusterReport.ClusterDeployed deployed when deployed.Id == cluster:
                if (!PhalaRegistry.ClusterIdentities.TryGet(block.State, cluster, out var identity) || identity != deployed.Pubkey) return PhalaRegistry.Error.InvalidPubKey.ToDispatch();
                block.Deposit(new PhalaPhatContracts.ClusterDeployed(cluster, deployed.Pubkey, worker));
                return DispatchResult.Ok;
            case WorkerClusterReport.ClusterDeploymentFailed failed when failed.Id == cluster:
                block.Deposit(new PhalaPhatContracts.ClusterDeploymentFailed(cluster, worker));
                return DispatchResult.Ok;
            default:
                return PhalaPhatContracts.Error.InvalidSender.ToDispatch();
        }
    }
}
