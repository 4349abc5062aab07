using Phala.Chain;
using Phala.Clusters.Native;
using Phala.Clusters.Pink;
using Phala.Clusters.State;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;
using Store = Phala.Wasm.Store;

namespace Phala.Clusters.Execution;

/// <summary>Runs one command, constructor or query, with all the calls inside of it.</summary>
/// <remarks>
/// <b>Invariant.</b> Each call is a transaction of the state: unless it returned, nothing of it stays, nor of the calls inside of it. No call goes deeper than
/// <see cref="DeepestCall"/>, and no contract is called inside of itself unless each of its calls that wait said so.
/// </remarks>
internal sealed class CallEngine(ContractCodes codes, ClusterStorage storage, ExecutionMode mode, in ExecutionPoint point, ulong fuel, PinkExtension extension)
{
    /// <summary>How many calls may be inside of each other.</summary>
    internal const int DeepestCall = 6;

    /// <summary>The longest output of a command, and of a query, in bytes.</summary>
    internal const int LongestOutput = 64 * 1024, LongestAnswer = 1024 * 1024;

    private readonly Stack<ActiveCall> _active = new();
    private readonly List<Hash256> _touched = [];
    private readonly List<ContractEvent> _events = [];
    private readonly List<MadeContract> _made = [];
    private readonly List<Store> _running = [];
    private readonly Lock _stopLock = new();
    private volatile bool _isStopRequested;

    internal ExecutionMode Mode => mode;

    internal ExecutionPoint Point { get; } = point;

    internal ClusterStorage Storage => storage;

    internal FuelMeter Fuel { get; } = new(fuel);

    /// <summary>Phala's extension of ink!, as the mode has it.</summary>
    internal PinkExtension Extension => extension;

    /// <summary>Lines that contracts wrote to the log.</summary>
    internal LogLines Log { get; } = new();

    /// <summary>What contracts say for those who look for their faults.</summary>
    internal DebugText Debug { get; } = new();

    /// <summary>Contracts that may store something else than before, in the order in which they were first written to.</summary>
    internal IReadOnlyList<Hash256> Touched => _touched;

    /// <summary>What was emitted by calls that returned.</summary>
    internal IReadOnlyList<ContractEvent> Events => _events;

    /// <summary>What calls that returned have made, in order.</summary>
    internal IReadOnlyList<MadeContract> Made => _made;

    /// <summary>Whether somebody asked the run to stop: its result says nothing then.</summary>
    internal bool IsStopRequested => _isStopRequested;

    /// <summary>Asks the run to stop, from any thread. Commands are never asked: how long they take is nobody's to say but their gas.</summary>
    internal void RequestStop()
    {
        lock (_stopLock)
        {
            _isStopRequested = true;
            foreach (Store store in _running) store.RequestStop();
        }
    }

    /// <summary>Takes note of a guest that begins to run.</summary>
    internal void Begin(Store store)
    {
        lock (_stopLock)
        {
            _running.Add(store);
            if (_isStopRequested) store.RequestStop();
        }
    }

    /// <summary>Takes note of its end.</summary>
    internal void End(Store store)
    {
        lock (_stopLock) _running.Remove(store);
    }

    /// <summary>How many calls of a contract wait or run, beside code that others lent it.</summary>
    internal int CountActive(in Hash256 contract)
    {
        int count = 0;
        foreach (ActiveCall call in _active) count += call.Contract == contract && call.Kind != CallKind.Delegated ? 1 : 0;
        return count;
    }

    /// <summary>Whether the call that runs was made by the command or query itself.</summary>
    internal bool IsOutermost => _active.Count == 1;

    internal void Touch(in Hash256 contract)
    {
        if (!_touched.Contains(contract)) _touched.Add(contract);
    }

    internal void Emit(ContractEvent item) => _events.Add(item);

    internal bool HasCode(in Hash256 code, bool besideContracts)
    {
        if (!besideContracts && codes.IsNative(code, Point.Rules)) return true;
        return storage.TryGetCode(code, out CodeRecord record) && (record.Kind == ResourceType.SidevmCode) == besideContracts;
    }

    /// <summary>The newest code of system contracts under the entry's rules; null where the program does not know the rules.</summary>
    internal Hash256? SystemCode => codes.Find(Point.Rules)?.SystemCode;

    /// <summary>Calls a contract's message.</summary>
    internal CallResult Call(in AccountId caller, in Hash256 contract, UInt128 value, ReadOnlySpan<byte> input, in CallTerms terms = default)
    {
        if (!storage.TryGetContract(contract, out ContractRecord record)) return CallResult.Refuse(CallStatus.ContractNotFound);
        if (!codes.TryGet(record.CodeHash, storage, mode, Point.Rules, out ContractCode? code)) return CallResult.Refuse(CallStatus.CodeNotFound);
        return Run(code, new CallContext(this, caller, contract, value), input, CallKind.Message, terms);
    }

    /// <summary>Runs another contract's code for the call of a context: on its storage, for its caller, with its value.</summary>
    internal CallResult Delegate(CallContext context, in Hash256 codeHash, ReadOnlySpan<byte> input) =>
        codes.TryGet(codeHash, storage, mode, Point.Rules, out ContractCode? code)
            ? Run(code, new CallContext(this, context.Caller, context.Self, context.Value), input, CallKind.Delegated, default)
            : CallResult.Refuse(CallStatus.CodeNotFound);

    /// <summary>Makes a contract, unless there is one of its id.</summary>
    internal CallResult Construct(in AccountId deployer, in Hash256 codeHash, UInt128 value, ReadOnlySpan<byte> input, ReadOnlySpan<byte> salt, out Hash256 contract, in CallTerms terms = default)
    {
        contract = ContractId.Of(deployer, codeHash, Point.Cluster, salt);
        if (!codes.TryGet(codeHash, storage, mode, Point.Rules, out ContractCode? code)) return CallResult.Refuse(CallStatus.CodeNotFound);
        if (storage.TryGetContract(contract, out _)) return CallResult.Refuse(CallStatus.DuplicateContract);
        int made = _made.Count;
        storage.Begin();
        storage.SetContract(contract, new ContractRecord(codeHash, deployer));
        _made.Add(new MadeContract(contract, deployer));
        CallResult result = Run(code, new CallContext(this, deployer, contract, value), input, CallKind.Constructor, terms);
        End(result.IsKept);
        if (!result.IsKept) _made.RemoveRange(made, _made.Count - made);
        return result;
    }

    /// <summary>Ends the contract of the call that runs: what it has goes to an account, what it stores is forgotten.</summary>
    /// <returns>Why not; <see cref="CallStatus.Returned"/> where it did.</returns>
    internal CallStatus Terminate(in Hash256 contract, in AccountId beneficiary)
    {
        Hash256 ending = contract;
        if (_active.Peek().Kind == CallKind.Constructor) return CallStatus.TerminatedInConstructor;
        if (_active.Count(call => call.Contract == ending) > 1) return CallStatus.TerminatedWhileReentrant;
        if (!Fuel.TrySpend(Execution.Fuel.Transfer) || !Fuel.TrySpend(Execution.Fuel.Write, Execution.Fuel.Write, (int)Math.Min(storage.UsageOf(contract).Items, int.MaxValue))) return CallStatus.OutOfGas;
        AccountId account = new(contract.AsSpan());
        bool isPaid = storage.TryTransfer(account, beneficiary, storage.BalanceOf(account));
        System.Diagnostics.Debug.Assert(isPaid, "It has what it has.");
        storage.RemoveContract(contract);
        Touch(contract);
        return CallStatus.Returned;
    }

    /// <summary>Gives a contract other code; false where there is no such code.</summary>
    internal bool TrySetCode(in Hash256 contract, in Hash256 codeHash)
    {
        if (!codes.TryGet(codeHash, storage, mode, Point.Rules, out _) || !storage.TryGetContract(contract, out ContractRecord record)) return false;
        storage.SetContract(contract, record with { CodeHash = codeHash });
        return true;
    }

    /// <summary>Forgets code that no contract runs, and gives its owner back what was locked for it.</summary>
    /// <returns>Why not; null where it is done.</returns>
    internal SystemError? RemoveCode(in AccountId owner, in Hash256 code)
    {
        if (!Fuel.TrySpend(Execution.Fuel.Transfer) || !Fuel.TrySpend(2 * Execution.Fuel.Write)) return SystemError.ConditionNotMet;
        if (!storage.TryGetCode(code, out CodeRecord record)) return SystemError.CodeNotFound;
        if (record.Owner != owner) return SystemError.PermisionDenied;
        if (record.References > 0) return SystemError.ConditionNotMet;
        storage.RemoveCode(code);
        storage.Credit(owner, record.Deposit);
        return null;
    }

    private CallResult Run(ContractCode code, CallContext context, ReadOnlySpan<byte> input, CallKind kind, in CallTerms terms)
    {
        if (_active.Count == DeepestCall) return CallResult.Refuse(CallStatus.TooDeep);
        bool hasCaller = _active.TryPeek(out ActiveCall? caller);
        if (hasCaller) caller!.AllowsReentry = terms.AllowsReentry;
        if (kind != CallKind.Delegated && IsClosed(context.Self)) return CallResult.Refuse(CallStatus.ReentranceDenied);
        if (!Fuel.TrySpend(Execution.Fuel.Call, Execution.Fuel.InputByte, input.Length)) return CallResult.Refuse(CallStatus.OutOfGas);
        int events = _events.Count, made = _made.Count;
        _active.Push(new ActiveCall(context.Self, kind));
        storage.Begin();
        ulong held = Fuel.HoldBack(terms.GasLimit);
        CallResult result = kind == CallKind.Delegated || storage.TryTransfer(context.Caller, context.SelfAccount, context.Value)
            ? Judge(context, kind == CallKind.Constructor ? code.Construct(context, input) : code.Call(context, input))
            : CallResult.Refuse(CallStatus.TransferFailed);
        Fuel.GiveBack(held);
        End(result.IsKept);
        _active.Pop();
        if (result.IsKept) return result;
        _events.RemoveRange(events, _events.Count - events);
        _made.RemoveRange(made, _made.Count - made);
        return result;
    }

    private bool IsClosed(Hash256 contract) => _active.Any(call => call.Contract == contract && !call.AllowsReentry);

    /// <summary>A contract that was stopped may return what it likes.</summary>
    private CallResult Judge(CallContext context, in CallResult result)
    {
        if (result.Output.Length > (mode == ExecutionMode.Query ? LongestAnswer : LongestOutput)) return CallResult.Fail(CallStatus.OutputTooLong);
        if (!Fuel.TrySpend(0, Execution.Fuel.OutputByte, result.Output.Length)) return CallResult.Fail(CallStatus.OutOfGas);
        return context.Failure is { } failure ? CallResult.Fail(failure) : result;
    }

    private void End(bool isKept)
    {
        if (isKept) storage.Commit();
        else storage.Rollback();
    }
}
