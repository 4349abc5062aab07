using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Pallets.Clusters;
using Phala.Runtime.Pallets.Queue;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets;

/// <summary>Makes clusters and contracts, tells them what users want, and counts what their members make of it.</summary>
public sealed class PhalaPhatContractsPallet : Pallet
{
    /// <summary>Registers the calls.</summary>
    public PhalaPhatContractsPallet()
        : base(PhalaPhatContracts.Shape)
    {
        Call<PhalaPhatContracts.AddCluster>(Cost(Weights.AddCluster(0)), call => Cost(Weights.AddCluster(call.DeployWorkers.Length)), OnAddCluster);
        Call<PhalaPhatContracts.ClusterUploadResource>(Cost(Weights.PushContractMessage(0)), call => Cost(Weights.PushContractMessage(call.ResourceData.Length)), OnUploadResource);
        Call<PhalaPhatContracts.TransferToCluster>(Weights.PushContractMessage(0), OnTransferToCluster);
        Call<PhalaPhatContracts.PushContractMessage>(Cost(Weights.PushContractMessage(0)), call => Cost(Weights.PushContractMessage(call.Payload.Length)), OnPushContractMessage);
        Call<PhalaPhatContracts.InstantiateContract>(
            Cost(Weights.InstantiateContract(0)), call => Cost(Weights.InstantiateContract(call.Data.Length + call.Salt.Length)), OnInstantiateContract);
        Call<PhalaPhatContracts.ClusterDestroy>(Weights.ClusterDestroy, OnClusterDestroy);
        Call<PhalaPhatContracts.AddWorkerToCluster>(Weights.ChangeMember, OnAddWorker);
        Call<PhalaPhatContracts.RemoveWorkerFromCluster>(Weights.ChangeMember, OnRemoveWorker);
        Call<PhalaPhatContracts.ReportEntry>(Cost(Weights.ReportEntry(0, 0)), CostOfReport, OnReportEntry, bare: ReportRules.Validate);
        Call<PhalaPhatContracts.ConsentToCluster>(Weights.ChangeMember, OnConsent);
        Call<PhalaPhatContracts.SetReportQuorum>(Weights.SetReportQuorum, OnSetReportQuorum);
    }

    /// <summary>Reads a message from outside the chain.</summary>
    public static DispatchResult OnMessage(BlockContext block, Message message)
    {
        if (message.Destination == Topics.ContractRegistryEvent) return ClusterNews.OnContract(block, message);
        return message.Destination == Topics.WorkerClusterReport ? ClusterNews.OnWorker(block, message) : DispatchResult.Ok;
    }

    private static DispatchInfo Cost(Weight weight) => new(weight, DispatchClass.Normal, Pays.Yes);

    private static DispatchInfo CostOfReport(PhalaPhatContracts.ReportEntry call) =>
        Cost(Weights.ReportEntry(ClusterReport.EncodedLength(call.Report.Report), call.Report.Report.Receipts.Length));

    private DispatchResult OnAddCluster(CallContext context, PhalaPhatContracts.AddCluster call)
    {
        if (!context.Origin.IsRoot) return DispatchError.BadOrigin;
        TrieOverlay state = context.State;
        if (!PhalaPhatContracts.PinkSystemCodeHash.TryGet(state, out Hash256 code)) return Fail(PhalaPhatContracts.Error.NoPinkSystemCode);
        if (ClusterMembers.CheckFirst(state, call.DeployWorkers) is { } error) return Fail(error);
        ulong number = PhalaPhatContracts.ClusterCounter.Get(state) + 1;
        PhalaPhatContracts.ClusterCounter.Set(state, number);
        Hash256 cluster = ContractId.OfCluster(number), system = ContractId.Of(call.Owner, code, cluster, []);
        if (call.Deposit > 0 && ClusterFunds.Take(context.Block, call.Owner, cluster, call.Deposit).Failed(out DispatchError unpaid)) return unpaid;
        PhalaPhatContracts.Clusters.Set(state, cluster, new ClusterInfo(call.Owner, call.Permission, system, call.GasPrice, call.DepositPerItem, call.DepositPerByte));
        PhalaPhatContracts.Contracts.Set(state, system, new BasicContractInfo(call.Owner, cluster));
        ClusterMembers.SetFirst(state, cluster, call.DeployWorkers);
        context.Deposit(new PhalaPhatContracts.ClusterCreated(cluster, system));
        ClusterSetup setup = new(call.Owner, call.Deposit, call.GasPrice, call.DepositPerItem, call.DepositPerByte, call.TreasuryAccount, code);
        return ClusterMembers.Tell(context.Block, new ClusterEvent.DeployCluster(cluster, setup, call.DeployWorkers), new ClusterOperation.Create(cluster, setup, call.DeployWorkers));
    }

    private DispatchResult OnUploadResource(CallContext context, PhalaPhatContracts.ClusterUploadResource call)
    {
        if (!context.Origin.IsSigned(out AccountId sender)) return DispatchError.BadOrigin;
        if (CheckAccess(context.State, call.ClusterId, sender) is { } error) return Fail(error);
        if (call.ResourceData.Length > PhalaPhatContracts.MaxCode) return Fail(PhalaPhatContracts.Error.PayloadTooLarge);
        return QueueWriter.Push<ClusterOperation>(
            context.Block, Shape, Topics.ClusterOperation, new ClusterOperation.UploadResource(sender, call.ClusterId, call.ResourceType, call.ResourceData));
    }

    private DispatchResult OnTransferToCluster(CallContext context, PhalaPhatContracts.TransferToCluster call)
    {
        if (!context.Origin.IsSigned(out AccountId sender)) return DispatchError.BadOrigin;
        if (!PhalaPhatContracts.Clusters.Contains(context.State, call.ClusterId)) return Fail(PhalaPhatContracts.Error.ClusterNotFound);
        return ClusterFunds.Move(context.Block, sender, call.ClusterId, call.DestAccount, call.Amount);
    }

    private DispatchResult OnPushContractMessage(CallContext context, PhalaPhatContracts.PushContractMessage call)
    {
        if (!context.Origin.IsSigned(out AccountId sender)) return DispatchError.BadOrigin;
        TrieOverlay state = context.State;
        if (call.Payload.Length > PhalaMq.MaxPayload) return Fail(PhalaPhatContracts.Error.PayloadTooLarge);
        if (!PhalaPhatContracts.Contracts.TryGet(state, call.ContractId, out BasicContractInfo contract)) return Fail(PhalaPhatContracts.Error.ContractNotFound);
        if (!PhalaPhatContracts.Clusters.Contains(state, contract.Cluster)) return Fail(PhalaPhatContracts.Error.ClusterNotFound);
        if (IsSealedToNoKey(state, contract.Cluster, call.Payload)) return Fail(PhalaPhatContracts.Error.ClusterNotDeployed);
        if (call.Deposit > 0 && ClusterFunds.Move(context.Block, sender, contract.Cluster, sender, call.Deposit).Failed(out DispatchError unpaid)) return unpaid;
        return QueueWriter.Push(context.Block, new Message(new MessageOrigin.AccountId(sender), Topics.Command(call.ContractId), call.Payload));
    }

    private DispatchResult OnInstantiateContract(CallContext context, PhalaPhatContracts.InstantiateContract call)
    {
        if (!context.Origin.IsSigned(out AccountId sender)) return DispatchError.BadOrigin;
        TrieOverlay state = context.State;
        if (call.Data.Length > PhalaPhatContracts.MaxInstantiateData || call.Salt.Length > ContractId.MaxSalt) return Fail(PhalaPhatContracts.Error.PayloadTooLarge);
        if (CheckAccess(state, call.ClusterId, sender) is { } error) return Fail(error);
        ContractInfo info = new(sender, call.CodeIndex, call.Salt, call.ClusterId, call.Data);
        Hash256 id = info.Id();
        if (PhalaPhatContracts.Contracts.Contains(state, id)) return Fail(PhalaPhatContracts.Error.DuplicatedContract);
        if (call.Deposit > 0 && ClusterFunds.Move(context.Block, sender, call.ClusterId, sender, call.Deposit).Failed(out DispatchError unpaid)) return unpaid;
        PhalaPhatContracts.Contracts.Set(state, id, new BasicContractInfo(sender, call.ClusterId));
        context.Deposit(new PhalaPhatContracts.Instantiating(id, call.ClusterId, sender));
        return QueueWriter.Push<ContractOperation>(
            context.Block, Shape, Topics.ContractOperation, new ContractOperation.InstantiateCode(info, call.Transfer, call.GasLimit, call.StorageDepositLimit));
    }

    /// <summary>Contracts' ids stay taken, and the newest anchor stays as what the cluster ended with.</summary>
    private DispatchResult OnClusterDestroy(CallContext context, PhalaPhatContracts.ClusterDestroy call)
    {
        if (!context.Origin.IsRoot) return DispatchError.BadOrigin;
        TrieOverlay state = context.State;
        if (!PhalaPhatContracts.Clusters.Contains(state, call.ClusterId)) return Fail(PhalaPhatContracts.Error.ClusterNotFound);
        PhalaPhatContracts.Clusters.Remove(state, call.ClusterId);
        PhalaPhatContracts.ClusterContracts.Remove(state, call.ClusterId);
        PhalaPhatContracts.ReportQuorum.Remove(state, call.ClusterId);
        ClusterMembers.RemoveAll(state, call.ClusterId);
        ReportCounter.ForgetAll(state, call.ClusterId);
        context.Deposit(new PhalaPhatContracts.ClusterDestroyed(call.ClusterId));
        return ClusterMembers.Tell(context.Block, new ClusterEvent.ClusterDestroyed(call.ClusterId), new ClusterOperation.DestroyCluster(call.ClusterId));
    }

    private DispatchResult OnAddWorker(CallContext context, PhalaPhatContracts.AddWorkerToCluster call)
    {
        if (!context.Origin.IsSigned(out AccountId sender)) return DispatchError.BadOrigin;
        if (!PhalaPhatContracts.Clusters.TryGet(context.State, call.ClusterId, out ClusterInfo cluster)) return Fail(PhalaPhatContracts.Error.ClusterNotFound);
        return cluster.Owner == sender ? ClusterMembers.Add(context.Block, call.Worker, call.ClusterId) : Fail(PhalaPhatContracts.Error.ClusterPermissionDenied);
    }

    private DispatchResult OnRemoveWorker(CallContext context, PhalaPhatContracts.RemoveWorkerFromCluster call)
    {
        if (!context.Origin.IsSigned(out AccountId sender)) return DispatchError.BadOrigin;
        if (!PhalaPhatContracts.Clusters.TryGet(context.State, call.ClusterId, out ClusterInfo cluster)) return Fail(PhalaPhatContracts.Error.ClusterNotFound);
        return ClusterMembers.Remove(context.Block, sender, call.Worker, call.ClusterId, cluster.Owner);
    }

    /// <summary>The transaction was validated just before: a bare call comes from nowhere else.</summary>
    private static DispatchResult OnReportEntry(CallContext context, PhalaPhatContracts.ReportEntry call)
    {
        if (!context.Origin.IsNone) return DispatchError.BadOrigin;
        ReportCounter.Count(context.Block, call.Report);
        return DispatchResult.Ok;
    }

    private static DispatchResult OnConsent(CallContext context, PhalaPhatContracts.ConsentToCluster call) =>
        context.Origin.IsSigned(out AccountId sender) ? ClusterMembers.Consent(context.Block, sender, call.Worker, call.ClusterId) : DispatchError.BadOrigin;

    private DispatchResult OnSetReportQuorum(CallContext context, PhalaPhatContracts.SetReportQuorum call)
    {
        if (!context.Origin.IsSigned(out AccountId sender)) return DispatchError.BadOrigin;
        if (!PhalaPhatContracts.Clusters.TryGet(context.State, call.ClusterId, out ClusterInfo cluster)) return Fail(PhalaPhatContracts.Error.ClusterNotFound);
        if (cluster.Owner != sender) return Fail(PhalaPhatContracts.Error.ClusterPermissionDenied);
        if (call.Quorum == 0 || call.Quorum > PhalaPhatContracts.ClusterWorkers.Get(context.State, call.ClusterId).Length) return Fail(PhalaPhatContracts.Error.InvalidQuorum);
        PhalaPhatContracts.ReportQuorum.Set(context.State, call.ClusterId, call.Quorum);
        return DispatchResult.Ok;
    }

    private static PhalaPhatContracts.Error? CheckAccess(TrieOverlay state, in Hash256 id, in AccountId sender)
    {
        if (!PhalaPhatContracts.Clusters.TryGet(state, id, out ClusterInfo cluster)) return PhalaPhatContracts.Error.ClusterNotFound;
        bool mayAdd = cluster.Permission is not ClusterAccess.OnlyOwner { Owner: var owner } || owner == sender;
        return mayAdd ? null : PhalaPhatContracts.Error.ClusterPermissionDenied;
    }

    /// <summary>A command that is sealed to a key that the chain has not made known opens nowhere: its sender is told at once.</summary>
    private static bool IsSealedToNoKey(TrieOverlay state, in Hash256 cluster, Vec<byte> payload) =>
        Scale.Decode<CommandPayload>(payload.AsSpan()).TryGet(out CommandPayload? command) && command is CommandPayload.Sealed { Command.Epoch: var epoch }
        && !PhalaRegistry.ClusterKeys.Contains(state, new ClusterEpoch(cluster, epoch));
}
