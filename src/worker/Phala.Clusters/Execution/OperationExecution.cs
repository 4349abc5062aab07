using Phala.Chain;
using Phala.Clusters.Logs;
using Phala.Clusters.Pink;
using Phala.Clusters.State;
using Phala.Clusters.Wasm;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>What a cluster executes besides commands: its beginning and end, deposits, code, members, new contracts. All of it comes from pallets.</summary>
internal sealed class OperationExecution(ContractCodes codes, ClusterStorage storage, ExecutionPoint point, CommandExtension extension, CallConsequences consequences, EntryOutput output)
{
    private static ReadOnlySpan<byte> DefaultConstructor => [0xed, 0x4b, 0x9d, 0x1b];

    internal void Execute(Message message, uint index)
    {
        bool isDone = message.Sender is MessageOrigin.Pallet && !storage.IsEnded && TryExecute(message, index);
        if (!isDone) Note(index, LogKind.MessageIgnored);
    }

    private bool TryExecute(Message message, uint index)
    {
        if (message.Destination == Topics.ClusterOperation)
        {
            return Scale.Decode<ClusterOperation>(message.Payload.AsSpan()).TryGet(out ClusterOperation? operation) && operation.ClusterOf == point.Cluster && TryExecute(operation, index);
        }

        if (message.Destination != Topics.ContractOperation || !storage.TryGetConfig(out ClusterConfig config)) return false;
        if (!Scale.Decode<ContractOperation>(message.Payload.AsSpan()).TryGet(out ContractOperation? made) || made is not ContractOperation.InstantiateCode code) return false;
        return code.ContractInfo.ClusterId == point.Cluster && TryInstantiate(config, code, index);
    }

    private bool TryExecute(ClusterOperation operation, uint index)
    {
        bool exists = storage.TryGetConfig(out ClusterConfig config);
        if (operation is ClusterOperation.Create create) return !exists && TryCreate(create, index);
        if (!exists) return false;
        switch (operation)
        {
            case ClusterOperation.DestroyCluster:
                storage.EndCluster();
                Note(index, LogKind.ClusterEnded);
                return true;
            case ClusterOperation.UploadResource upload:
                AddCode(config, upload, index);
                return true;
            case ClusterOperation.Deposit deposit:
                if (!storage.TryMint(deposit.Account, deposit.Amount)) Note(index, LogKind.DepositRefused);
                return true;
            case ClusterOperation.AddWorker add:
                storage.AddMember(add.Worker);
                return true;
            case ClusterOperation.RemoveWorker remove:
                storage.RemoveMember(remove.Worker);
                return true;
            default:
                return false;
        }
    }

    private bool TryCreate(ClusterOperation.Create create, uint index)
    {
        ClusterSetup setup = create.Setup;
        Hash256 contract = ContractId.Of(setup.Owner, setup.SystemCode, point.Cluster, []);
        storage.SetConfig(new ClusterConfig(setup, contract));
        if (!storage.TryMint(setup.Owner, setup.Deposit)) Note(index, LogKind.DepositRefused);
        foreach (Runtime.Interface.Keys.Sr25519PublicKey worker in create.Workers) storage.AddMember(worker);
        Note(index, LogKind.ClusterCreated);
        CallEngine engine = new(codes, storage, ExecutionMode.Command, point, Fuel.MostOfCommand, extension);
        CallResult result = engine.Construct(setup.Owner, setup.SystemCode, 0, DefaultConstructor, [], out _);

        // Where the owner has nothing, who first writes to the system contract pays for what it began with.
        storage.Begin();
        if (new Payment(storage, new ClusterConfig(setup, contract)).TryLock(setup.Owner, engine.Touched, null, out _, out _)) storage.Commit();
        else storage.Rollback();
        Finish(index, contract, result, engine.Made, engine.Events);
        return true;
    }

    /// <summary>
    /// Code that is there already stays as it is, unless it was added as something that may do less: nobody keeps others' code from running by adding it first. Who adds code pays for what it takes, as contracts do for
    /// what they store, until it is removed.
    /// </summary>
    private void AddCode(in ClusterConfig config, ClusterOperation.UploadResource upload, uint index)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(upload.ResourceData.AsSpan(), bytes);
        Hash256 hash = new(bytes);
        bool isThere = storage.TryGetCode(hash, out CodeRecord before);
        if (isThere && RankOf(before.Kind) >= RankOf(upload.ResourceType)) return;
        WasmContract? loaded = null;
        if (upload.ResourceType != ResourceType.SidevmCode && WasmContract.TryLoad(upload.ResourceData.AsSpan(), upload.ResourceType == ResourceType.InkCode, optimizes: true, out loaded, out _) != CodeRefusal.None)
        {
            Note(index, LogKind.CodeRefused, hash);
            Leave(config, upload.Origin, isGood: false, $"Failed to upload resource to cluster, hash={hash}: it is no contract's code");
            return;
        }

        StorageUsage usage = new(CodeRecord.Items, (ulong)upload.ResourceData.Length, 0);
        if (!usage.TryPrice(config.Setup.DepositPerItem, config.Setup.DepositPerByte, out UInt128 deposit) || !storage.TryDebit(upload.Origin, deposit))
        {
            Note(index, LogKind.CodeNotPaid, hash);
            Leave(config, upload.Origin, isGood: false, $"Failed to upload resource to cluster, hash={hash}: what is locked for it can't be paid");
            return;
        }

        if (isThere) storage.Credit(before.Owner, before.Deposit);
        storage.SetCode(hash, new CodeRecord(upload.Origin, upload.ResourceType, (uint)upload.ResourceData.Length, deposit, before.References, loaded?.Work ?? 0), upload.ResourceData.AsSpan());
        Note(index, LogKind.CodeAdded, hash);
        Leave(config, upload.Origin, isGood: true, $"Resource uploaded to cluster, by {upload.Origin}, type={upload.ResourceType}, hash={hash}");
    }

    private static int RankOf(ResourceType kind) => kind switch
    {
        ResourceType.InkCode => 2,
        ResourceType.IndeterministicInkCode => 1,
        _ => 0,
    };

    /// <summary>Lines about code are the system contract's.</summary>
    private void Leave(in ClusterConfig config, in AccountId owner, bool isGood, string message)
    {
        RunLog log = new(point, ExecutionMode.Command, owner, config.SystemContract);
        output.Leave(isGood ? log.AddInformation(message) : log.AddError(message));
    }

    private bool TryInstantiate(in ClusterConfig config, ContractOperation.InstantiateCode made, uint index)
    {
        ContractInfo info = made.ContractInfo;
        if (info.CodeIndex is not CodeIndex.WasmCode code || info.Salt.Length > ContractId.MaxSalt) return false;
        Hash256 contract = info.Id();
        PaidCall call = new(storage, config, info.Deployer, isFree: false, made.GasLimit, made.StorageDepositLimit);
        if (!call.TryBegin(codes, point, extension))
        {
            Note(index, LogKind.CannotPay, contract);
            output.Leave(new RunLog(point, ExecutionMode.Command, info.Deployer, contract).AddEnd("instantiate", CallResult.Refuse(CallStatus.TransferFailed), isPaid: true));
            return true;
        }

        CallResult result = call.End(call.Engine.Construct(info.Deployer, code.Hash, made.Transfer, info.InstantiateData.AsSpan(), info.Salt.AsSpan(), out _), out _);
        Finish(index, contract, result, call.Made, call.Events);
        RunLog log = new RunLog(point, ExecutionMode.Command, info.Deployer, contract).AddText(call.Engine).AddEvents(call.Events).AddEnd("instantiate", result, call.IsPaid);
        output.Leave(result.IsKept ? log.AddInformation("instantiated") : log);
        return true;
    }

    private void Finish(uint index, in Hash256 contract, in CallResult result, IReadOnlyList<MadeContract> made, IReadOnlyList<ContractEvent> events)
    {
        if (result.IsKept)
        {
            consequences.Draw(index, made, events);
            return;
        }

        LogKind kind = result.Status switch
        {
            CallStatus.CodeNotFound => LogKind.CodeNotFound,
            CallStatus.DuplicateContract => LogKind.DuplicateContract,
            _ => LogKind.ConstructorFailed,
        };
        Note(index, kind, contract);
    }

    private void Note(uint index, LogKind kind, in Hash256 subject = default) => output.Log.Add(new LogRecord(index, kind, subject));
}
