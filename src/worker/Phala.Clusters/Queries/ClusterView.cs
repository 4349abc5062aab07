using Phala.Chain;
using Phala.Clusters.Execution;
using Phala.Clusters.Pink;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;

namespace Phala.Clusters.Queries;

/// <summary>A cluster's state as queries see it.</summary>
/// <remarks>
/// <b>Invariant.</b> Nothing that a query does stays, and nothing that is executed meanwhile changes the view. Any number of threads may query one view at once, without a lock.
/// </remarks>
public sealed class ClusterView
{
    /// <summary>The pallet whose errors clients know as those of contracts.</summary>
    private const byte ContractsPallet = 4;

    /// <summary>The pallet whose errors clients know as those of the extension.</summary>
    private const byte PinkPallet = 5;

    private readonly ContractCodes _codes;
    private readonly Cluster _cluster;
    private readonly QueryHost _host;
    private readonly ClusterSecrets? _root;

    internal ClusterView(Cluster cluster, ContractCodes codes, ClusterState state, QueryHost host, ClusterSecrets? root)
    {
        (_cluster, _codes, State, _host, _root) = (cluster, codes, state, host, root);
    }

    /// <summary>The state.</summary>
    public ClusterState State { get; }

    /// <summary>The share of a worker's time that a contract was given, relative to others; 1 where nobody said.</summary>
    public uint WeightOf(in Hash256 contract)
    {
        ClusterStorage storage = new(State.Content);
        if (!storage.TryGetConfig(out ClusterConfig config) || !storage.TryGetStored(config.SystemContract, Native.SystemContract.WeightKey(contract), out ReadOnlySpan<byte> value)) return 1;
        return Scale.Decode<U32Codec, uint>(value).TryGet(out uint weight) ? weight : 1;
    }

    /// <summary>The system contract; null where the cluster has not begun, or has ended.</summary>
    public Hash256? SystemContract => new ClusterStorage(State.Content).TryGetConfig(out ClusterConfig config) ? config.SystemContract : null;

    /// <summary>Whether the cluster has a contract.</summary>
    public bool HasContract(in Hash256 contract) => new ClusterStorage(State.Content).TryGetContract(contract, out _);

    /// <summary>The cluster's contracts in ascending order of ids, so many at most.</summary>
    public IReadOnlyList<ContractSummary> Contracts(int most)
    {
        List<ContractSummary> contracts = [];
        TrieCursor cursor = new(State.Content.Main);
        cursor.Seek([StateKeys.ContractMark]);
        while (contracts.Count < most && cursor.MoveNext() && cursor.Key[0] == StateKeys.ContractMark)
        {
            if (Scale.Decode<ContractRecord>(cursor.Value.Span).TryGet(out ContractRecord record)) contracts.Add(new ContractSummary(new Hash256(cursor.Key[1..]), record.CodeHash));
        }

        return contracts;
    }

    /// <summary>A contract of the cluster; null where there is no such.</summary>
    public ContractSummary? Find(in Hash256 contract) => new ClusterStorage(State.Content).TryGetContract(contract, out ContractRecord record) ? new ContractSummary(contract, record.CodeHash) : null;

    /// <summary>How many contracts the cluster has. Counts so far at most: anybody may ask, as often as they like.</summary>
    public int CountContracts(int most)
    {
        int count = 0;
        TrieCursor cursor = new(State.Content.Main);
        cursor.Seek([StateKeys.ContractMark]);
        while (count < most && cursor.MoveNext() && cursor.Key[0] == StateKeys.ContractMark) count++;
        return count;
    }

    /// <summary>Runs a query.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="data">What is asked. Any of it gives an answer.</param>
    /// <param name="caller">Who asks; null for nobody.</param>
    /// <param name="gas">What it may take; more than the rules allow is not taken.</param>
    /// <param name="stop">Ends it; it is refused then as one that took too long.</param>
    public QueryRun Query(in Hash256 contract, InkQueryData data, AccountId? caller, ulong gas, CancellationToken stop = default)
    {
        ClusterStorage storage = new(State.Content);
        if (!storage.TryGetContract(contract, out ContractRecord record) || !storage.TryGetConfig(out ClusterConfig config)) return Refuse(QueryRefusal.UnknownContract, default);
        try
        {
            return data switch
            {
                InkQueryData.InkMessage message => Ask(storage, config, contract, record, message, caller ?? default, gas, stop),
                InkQueryData.InkInstantiate make => Estimate(storage, config, make, record, caller ?? default, gas, stop),
                InkQueryData.CommandOutput output => Recall(storage, output.Message, caller, record),
                _ => Refuse(QueryRefusal.UnknownContract, record.CodeHash),
            };
        }
        catch (Exception)
        {
            // A fault of a contract of the program: the query's own state is dropped, and the worker's is untouched.
            return Refuse(QueryRefusal.InternalFault, record.CodeHash);
        }
    }

    private QueryRun Ask(
        ClusterStorage storage, in ClusterConfig config, in Hash256 contract, in ContractRecord record, InkQueryData.InkMessage message, in AccountId caller, ulong gas, CancellationToken stop)
    {
        ExecutionMode mode = message.Estimating ? ExecutionMode.Estimate : ExecutionMode.Query;
        CallEngine engine = Engine(storage, mode, gas, stop);
        using CancellationTokenRegistration stopping = stop.Register(engine.RequestStop);
        bool isFunded = storage.TryMint(caller, message.Deposit);
        CallResult result = isFunded ? engine.Call(caller, contract, message.Transfer, message.Payload.AsSpan()) : CallResult.Fail(CallStatus.TransferFailed);
        if (engine.IsStopRequested) return Refuse(QueryRefusal.Timeout, record.CodeHash);
        Result<ExecReturnValue, DispatchError> returned = TryRead(result, out ExecReturnValue? value, out DispatchError error)
            ? Result<ExecReturnValue, DispatchError>.Ok(value!)
            : Result<ExecReturnValue, DispatchError>.Err(error);
        Weight weight = Coarsening.Weight(engine.Fuel.Used);
        ContractExecResult answer = new(weight, weight, DepositOf(storage, config, engine, result.IsKept), engine.Debug.ToBytes(), returned, default);
        return new QueryRun(new QueryOutcome.Returned(Vec.Create<byte>(Scale.Encode(answer))), record.CodeHash, engine.Fuel.Used);
    }

    private QueryRun Estimate(ClusterStorage storage, in ClusterConfig config, InkQueryData.InkInstantiate make, in ContractRecord asked, in AccountId caller, ulong gas, CancellationToken stop)
    {
        CallEngine engine = Engine(storage, ExecutionMode.Estimate, gas, stop);
        using CancellationTokenRegistration stopping = stop.Register(engine.RequestStop);
        CallResult result = CallResult.Fail(CallStatus.TransferFailed);
        Hash256 contract = default;
        if (make.Salt.Length <= ContractId.MaxSalt && storage.TryMint(caller, make.Deposit))
        {
            result = engine.Construct(caller, make.CodeHash, make.Transfer, make.InstantiateData.AsSpan(), make.Salt.AsSpan(), out contract);
        }

        if (engine.IsStopRequested) return Refuse(QueryRefusal.Timeout, asked.CodeHash);
        Result<InstantiateReturnValue, DispatchError> returned = TryRead(result, out ExecReturnValue? value, out DispatchError error)
            ? Result<InstantiateReturnValue, DispatchError>.Ok(new InstantiateReturnValue(value!, new AccountId(contract.AsSpan())))
            : Result<InstantiateReturnValue, DispatchError>.Err(error);
        Weight weight = Coarsening.Weight(engine.Fuel.Used);
        ContractInstantiateResult answer = new(weight, weight, DepositOf(storage, config, engine, result.IsKept), engine.Debug.ToBytes(), returned, default);
        return new QueryRun(new QueryOutcome.Returned(Vec.Create<byte>(Scale.Encode(answer))), asked.CodeHash, engine.Fuel.Used);
    }

    private QueryRun Recall(ClusterStorage storage, in MessageId message, AccountId? caller, in ContractRecord record)
    {
        bool isKept = storage.TryGetOutcome(message.Count, message.Index, out OutcomeRecord? outcome);
        if (!isKept || message.Channel != Channel.OfCluster(_cluster.Id) || outcome!.Sender != caller) return Refuse(QueryRefusal.NoSuchOutput, record.CodeHash);
        return new QueryRun(new QueryOutcome.Returned(Vec.Create<byte>(Scale.Encode(outcome.Opened))), record.CodeHash, 0);
    }

    private CallEngine Engine(ClusterStorage storage, ExecutionMode mode, ulong gas, CancellationToken stop)
    {
        ExecutionPoint point = new(_cluster.Id, State.BlockNumber, State.BlockTime);
        return mode == ExecutionMode.Query
            ? new CallEngine(_codes, storage, mode, point, Math.Min(gas, Fuel.MostOfQuery), new QueryExtension(_root, _host, contract => WeightOf(contract), stop))
            : new CallEngine(_codes, storage, mode, point, Math.Min(gas, Fuel.MostOfCommand), new CommandExtension(_root));
    }

    private static QueryRun Refuse(QueryRefusal reason, in Hash256 code) => new(new QueryOutcome.Refused(reason), code, 0);

    private static bool TryRead(in CallResult result, out ExecReturnValue? value, out DispatchError error)
    {
        bool returned = result.Status is CallStatus.Returned or CallStatus.Reverted;
        value = returned ? new ExecReturnValue(result.IsKept ? 0 : ExecReturnValue.RevertFlag, Vec.Create(result.Output.Span)) : null;
        error = ErrorOf(result.Status);
        return returned;
    }

    private static DispatchError ErrorOf(CallStatus status) => status switch
    {
        CallStatus.NoExtension => DispatchError.Module(PinkPallet, 0),
        CallStatus.NoExtensionFunction => DispatchError.Module(PinkPallet, 1),
        CallStatus.KeySeedMissing => DispatchError.Module(PinkPallet, 3),
        CallStatus.BadRequest => DispatchError.Other,
        _ => DispatchError.Module(ContractsPallet, (byte)ContractErrorOf(status)),
    };

    private static ContractError ContractErrorOf(CallStatus status) => status switch
    {
        CallStatus.OutOfGas => ContractError.OutOfGas,
        CallStatus.TransferFailed => ContractError.TransferFailed,
        CallStatus.ContractNotFound => ContractError.ContractNotFound,
        CallStatus.CodeNotFound => ContractError.CodeNotFound,
        CallStatus.TooDeep => ContractError.MaxCallDepthReached,
        CallStatus.ReentranceDenied => ContractError.ReentranceDenied,
        CallStatus.OutputTooLong or CallStatus.NoRoom => ContractError.OutputBufferTooSmall,
        CallStatus.InvalidCallFlags => ContractError.InvalidCallFlags,
        CallStatus.OutOfBounds => ContractError.OutOfBounds,
        CallStatus.DecodingFailed => ContractError.DecodingFailed,
        CallStatus.ValueTooLarge => ContractError.ValueTooLarge,
        CallStatus.TerminatedWhileReentrant => ContractError.TerminatedWhileReentrant,
        CallStatus.InputForwarded => ContractError.InputForwarded,
        CallStatus.TooManyTopics => ContractError.TooManyTopics,
        CallStatus.DuplicateContract => ContractError.DuplicateContract,
        CallStatus.TerminatedInConstructor => ContractError.TerminatedInConstructor,
        _ => ContractError.ContractTrapped,
    };

    /// <summary>What a command of the kind would lock or free, coarsened.</summary>
    private static StorageDeposit DepositOf(ClusterStorage storage, in ClusterConfig config, CallEngine engine, bool isKept)
    {
        UInt128 charge = 0, refund = 0;
        foreach (Hash256 contract in isKept ? engine.Touched : [])
        {
            StorageUsage usage = storage.UsageOf(contract);
            if (!usage.TryPrice(config.Setup.DepositPerItem, config.Setup.DepositPerByte, out UInt128 deposit)) deposit = UInt128.MaxValue;
            if (deposit > usage.Deposit) charge = Amounts.TryAdd(charge, deposit - usage.Deposit, out UInt128 sum) ? sum : UInt128.MaxValue;
            else refund = Amounts.TryAdd(refund, usage.Deposit - deposit, out UInt128 sum) ? sum : UInt128.MaxValue;
        }

        UInt128 perByte = config.Setup.DepositPerByte;
        return refund > charge ? new StorageDeposit.Refund(Coarsening.Deposit(refund - charge, perByte)) : new StorageDeposit.Charge(Coarsening.Deposit(charge - refund, perByte));
    }
}
