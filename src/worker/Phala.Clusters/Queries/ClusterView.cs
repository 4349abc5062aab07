using Phala.Chain;
using Phala.Clusters.Execution;
using Phala.Clusters.Logs;
using Phala.Clusters.Pink;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Crypto.Hashing;
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
    private readonly ContractCodes _codes;
    private readonly Cluster _cluster;
    private readonly QueryHost _host;
    private readonly ClusterSecrets? _root;
    private readonly uint _blockNumber;
    private readonly ulong _blockTime;

    internal ClusterView(Cluster cluster, ContractCodes codes, ClusterState state, QueryHost host, ClusterSecrets? root)
        : this(cluster, codes, state, host, root, state.BlockNumber, state.BlockTime)
    {
    }

    private ClusterView(Cluster cluster, ContractCodes codes, ClusterState state, QueryHost host, ClusterSecrets? root, uint blockNumber, ulong blockTime)
    {
        (_cluster, _codes, State, _host, _root, _blockNumber, _blockTime) = (cluster, codes, state, host, root, blockNumber, blockTime);
    }

    /// <summary>The state.</summary>
    public ClusterState State { get; }

    /// <summary>The view as it is at a later block, to which the queue has not grown: contracts are told that block's number and time.</summary>
    /// <param name="blockNumber">The block's number.</param>
    /// <param name="blockTime">Its time in milliseconds since 1970.</param>
    public ClusterView At(uint blockNumber, ulong blockTime) =>
        new(_cluster, _codes, State, _host, _root, Math.Max(blockNumber, State.BlockNumber), Math.Max(blockTime, State.BlockTime));

    /// <summary>The share of a worker's time that a contract was given, relative to others; 1 where nobody said.</summary>
    public uint WeightOf(in Hash256 contract) => new ClusterStorage(State.Content).WeightOf(contract);

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
    /// <param name="caller">Who asks; null for nobody, whom contracts of the program alone answer: others take the account of zeros for their own nobody.</param>
    /// <param name="gas">What it may take; more than the rules allow is not taken.</param>
    /// <param name="stop">Ends it; it is refused then as one that took too long.</param>
    public QueryRun Query(in Hash256 contract, InkQueryData data, AccountId? caller, ulong gas, CancellationToken stop = default)
    {
        ClusterStorage storage = new(State.Content);
        if (!storage.TryGetContract(contract, out ContractRecord record) || !storage.TryGetConfig(out ClusterConfig config)) return Refuse(QueryRefusal.UnknownContract, default);
        if (!_codes.Knows(storage.Rules)) return Refuse(QueryRefusal.NotReady, record.CodeHash);
        try
        {
            return data switch
            {
                InkQueryData.InkMessage or InkQueryData.InkInstantiate when caller is null && !_codes.TryGetNative(record.CodeHash, storage.Rules, out _) => Refuse(QueryRefusal.NoCaller, record.CodeHash),
                InkQueryData.InkMessage message => Ask(storage, config, contract, record, message, caller ?? default, gas, stop),
                InkQueryData.InkInstantiate make => Estimate(storage, config, make, record, caller ?? default, gas, stop),
                InkQueryData.CommandOutput output => Recall(storage, output.Message, caller, record),
                InkQueryData.SidevmQuery asked => AskLog(storage, config, contract, record, asked, caller),
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
        if (engine.IsStopRequested) return Refuse(QueryRefusal.Timeout, record.CodeHash, engine.Fuel.Used);
        if (mode == ExecutionMode.Query) Remember(storage, engine.Events);
        Note(engine, new RunLog(engine.Point, mode, caller, contract).AddText(engine).AddEnd("contract call", result, isPaid: true), caller);
        Weight weight = Coarsening.Weight(engine.Fuel.Used);
        StorageDeposit deposit = DepositOf(storage, config, engine, result.IsKept, caller, out bool isPaid);
        ContractExecResult answer = new(weight, weight, deposit, engine.Debug.ToBytes(), ExecutionResults.Of(result, isPaid || mode == ExecutionMode.Query), default);
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

        if (engine.IsStopRequested) return Refuse(QueryRefusal.Timeout, asked.CodeHash, engine.Fuel.Used);
        Note(engine, new RunLog(engine.Point, ExecutionMode.Estimate, caller, contract).AddText(engine).AddEnd("instantiate", result, isPaid: true), caller);
        StorageDeposit deposit = DepositOf(storage, config, engine, result.IsKept, caller, out bool isPaid);
        Result<InstantiateReturnValue, DispatchError> returned = ExecutionResults.Of(result, isPaid).TryGet(out ExecReturnValue? value, out DispatchError error)
            ? Result<InstantiateReturnValue, DispatchError>.Ok(new InstantiateReturnValue(value, new AccountId(contract.AsSpan())))
            : Result<InstantiateReturnValue, DispatchError>.Err(error);
        Weight weight = Coarsening.Weight(engine.Fuel.Used);
        ContractInstantiateResult answer = new(weight, weight, deposit, engine.Debug.ToBytes(), returned, default);
        return new QueryRun(new QueryOutcome.Returned(Vec.Create<byte>(Scale.Encode(answer))), asked.CodeHash, engine.Fuel.Used);
    }

    /// <summary>Does what a query told its host by events: what concerns the cache, and nothing else.</summary>
    private void Remember(ClusterStorage storage, IReadOnlyList<ContractEvent> events)
    {
        foreach (ContractEvent told in events)
        {
            if (!PinkEvent.TryRead(told, out PinkEvent? read) || read is not PinkEvent.CacheOp cache) continue;
            if (cache.Operation is CacheOperation.Set set) _host.Remember(told.Contract, storage.WeightOf(told.Contract), set.Key, set.Value);
            else if (cache.Operation is CacheOperation.SetExpiration expiration) _host.SetExpiration(told.Contract, expiration.Key, expiration.Expiration);
            else if (cache.Operation is CacheOperation.Remove remove) _host.Forget(told.Contract, remove.Key);
        }
    }

    /// <summary>Adds to the worker's log that somebody asked, and what the run left there.</summary>
    private void Note(CallEngine engine, RunLog left, in AccountId caller)
    {
        if (_host.Log is not { } log) return;
        Span<byte> salted = stackalloc byte[AccountId.Size + ClusterSecrets.LogSaltLength], user = stackalloc byte[sizeof(ulong)];
        caller.AsSpan().CopyTo(salted);
        _root?.DeriveLogSalt(salted[AccountId.Size..]);
        Twox.Hash64(salted, user);
        log.Add([new LogItem.QueryIn(engine.Point.BlockNumber, caller, BitConverter.ToUInt64(user)), .. left.Items], isOfQuery: true);
    }

    private QueryRun AskLog(ClusterStorage storage, in ClusterConfig config, in Hash256 contract, in ContractRecord record, InkQueryData.SidevmQuery asked, AccountId? caller)
    {
        if (contract != storage.LogHandler) return Refuse(QueryRefusal.NoProgram, record.CodeHash);
        byte[] answer = LogServer.Answer(asked.Data.ToArray(), _host.Log ?? new LogRing(), new LogReader(storage, config, caller));
        return new QueryRun(new QueryOutcome.Returned(Vec.Create<byte>(answer)), record.CodeHash, 0);
    }

    private QueryRun Recall(ClusterStorage storage, in MessageId message, AccountId? caller, in ContractRecord record)
    {
        bool isKept = storage.TryGetOutcome(message.Count, message.Index, out OutcomeRecord? outcome);
        if (!isKept || message.Channel != Channel.OfCluster(_cluster.Id) || outcome!.Sender != caller) return Refuse(QueryRefusal.NoSuchOutput, record.CodeHash);
        return new QueryRun(new QueryOutcome.Returned(Vec.Create<byte>(Scale.Encode(outcome.Opened))), record.CodeHash, 0);
    }

    private CallEngine Engine(ClusterStorage storage, ExecutionMode mode, ulong gas, CancellationToken stop)
    {
        ExecutionPoint point = new(_cluster.Id, _blockNumber, _blockTime, storage.Rules);
        return mode == ExecutionMode.Query
            ? new CallEngine(_codes, storage, mode, point, Math.Min(gas, Fuel.MostOfQuery), new QueryExtension(_root, _host, contract => WeightOf(contract), stop))
            : new CallEngine(_codes, storage, mode, point, Math.Min(gas, Fuel.MostOfCommand), new CommandExtension(_root));
    }

    private static QueryRun Refuse(QueryRefusal reason, in Hash256 code, ulong gas = 0) => new(new QueryOutcome.Refused(reason), code, gas);

    /// <summary>What a command of the kind would lock or give back, coarsened, and whether the caller has it.</summary>
    private static StorageDeposit DepositOf(ClusterStorage storage, in ClusterConfig config, CallEngine engine, bool isKept, in AccountId caller, out bool isPaid)
    {
        UInt128 charge = 0, refund = 0;
        foreach (Hash256 contract in isKept ? engine.Touched : [])
        {
            StorageUsage usage = storage.UsageOf(contract);
            if (!usage.TryPrice(config.Setup.DepositPerItem, config.Setup.DepositPerByte, out UInt128 deposit)) deposit = UInt128.MaxValue;
            if (deposit > usage.Deposit) charge = Amounts.TryAdd(charge, deposit - usage.Deposit, out UInt128 sum) ? sum : UInt128.MaxValue;
            else refund = Amounts.TryAdd(refund, usage.Deposit - deposit, out UInt128 sum) ? sum : UInt128.MaxValue;
        }

        isPaid = charge <= refund || charge - refund <= storage.BalanceOf(caller);
        UInt128 perByte = config.Setup.DepositPerByte;
        return refund > charge ? new StorageDeposit.Refund(Coarsening.Deposit(refund - charge, perByte)) : new StorageDeposit.Charge(Coarsening.Deposit(charge - refund, perByte));
    }
}
