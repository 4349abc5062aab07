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
internal sealed class CallEngine
{
    /// <summary>How many calls may be inside of each other.</summary>
    internal const int DeepestCall = 6;

    /// <summary>The longest output of a command, and of queries and of calls within others, in bytes.</summary>
    internal const int LongestOutput = 64 * 1024, LongestAnswer = 1024 * 1024;

    /// <summary>How many contracts a run may make: the chain hears of each.</summary>
    internal const int MostMade = 32;

    /// <summary>The bytes that a run may emit as events, and write to storage: no gas pays for the memory that they take.</summary>
    internal const int MostEmitted = 4 * 1024 * 1024, MostWritten = 32 * 1024 * 1024;

    /// <summary>What an event takes beside its data and topics.</summary>
    private const int EventOverhead = 64;

    /// <summary>What an account takes in the state: its id, and what it has.</summary>
    private static readonly StorageUsage AccountUsage = new(1, AccountId.Size + 16, 0);

    private readonly CodeLookup _codes;
    private readonly DepositWatch _deposits;
    private readonly Stack<ActiveCall> _active = new();
    private readonly HashSet<Hash256> _isTouched = [];
    private readonly List<Hash256> _touched = [];
    private readonly List<ContractEvent> _events = [];
    private readonly List<MadeContract> _made = [];
    private readonly List<Store> _running = [];
    private readonly Lock _stopLock = new();
    private volatile bool _isStopRequested;
    private long _emitted, _written;

    internal CallEngine(ContractCodes codes, ClusterStorage storage, ExecutionMode mode, in ExecutionPoint point, ulong fuel, PinkExtension extension)
    {
        (Storage, Mode, Point, Fuel, Extension) = (storage, mode, point, new FuelMeter(fuel), extension);
        _codes = new CodeLookup(codes, storage, mode, point.Rules, Fuel);
        _deposits = new DepositWatch(storage, _active);
    }

    internal ExecutionMode Mode { get; }

    internal ExecutionPoint Point { get; }

    internal ClusterStorage Storage { get; }

    internal FuelMeter Fuel { get; }

    /// <summary>Phala's extension of ink!, as the mode has it.</summary>
    internal PinkExtension Extension { get; }

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

    /// <summary>Who sent the command or asked.</summary>
    internal AccountId? Origin { get; private set; }

    /// <summary>Whether a contract's constructor is running.</summary>
    internal bool IsBeingMade(Hash256 contract) => _active.Any(call => call.Contract == contract && call.Kind == CallKind.Constructor);

    /// <summary>Takes note of a contract before it is written to.</summary>
    internal void Touch(in Hash256 contract)
    {
        _deposits.Note(contract);
        if (_isTouched.Add(contract)) _touched.Add(contract);
    }

    /// <summary>Takes note of bytes that are written to storage; false where they are too many.</summary>
    internal bool TryWrite(int bytes) => (_written += bytes) <= MostWritten;

    /// <summary>Emits an event; false where all together are too long.</summary>
    internal bool TryEmit(ContractEvent item)
    {
        if ((_emitted += SizeOf(item)) > MostEmitted) return false;
        _events.Add(item);
        return true;
    }

    /// <summary>About how many bytes of memory an event takes.</summary>
    internal static int SizeOf(ContractEvent item) => EventOverhead + item.Data.Length + (item.Topics.Length * Hash256.Size);

    internal bool HasCode(in Hash256 code, bool besideContracts) => _codes.IsThere(code, besideContracts);

    /// <summary>The newest code of system contracts under the entry's rules; null where the program does not know the rules.</summary>
    internal Hash256? SystemCode => _codes.SystemCode;

    /// <summary>A number that no other contract was given, for the call that runs.</summary>
    internal ulong Nonce => Storage.EgressCount + (ulong)_made.Count;

    /// <summary>What an account must be given at least, where it has nothing and is no contract: the deposit for what it takes in the state.</summary>
    internal UInt128 LeastBalance => Storage.TryGetConfig(out ClusterConfig config) && AccountUsage.TryPrice(config.Setup.DepositPerItem, config.Setup.DepositPerByte, out UInt128 price) ? UInt128.Max(price, 1) : 1;

    /// <summary>Moves tokens, unless there are less, or an account would come into being that nobody has paid for.</summary>
    internal bool TryTransfer(in AccountId from, in AccountId to, UInt128 amount)
    {
        bool isRoomy = amount == 0 || Storage.BalanceOf(to) > 0 || Storage.TryGetContract(new Hash256(to.AsSpan()), out _) || amount >= LeastBalance;
        return isRoomy && Storage.TryTransfer(from, to, amount);
    }

    /// <summary>Calls a contract's message.</summary>
    internal CallResult Call(in AccountId caller, in Hash256 contract, UInt128 value, ReadOnlySpan<byte> input, in CallTerms terms = default)
    {
        if (!Fuel.TrySpend(Execution.Fuel.Read)) return CallResult.Refuse(CallStatus.OutOfGas);
        if (!Storage.TryGetContract(contract, out ContractRecord record) || IsBeingMade(contract)) return CallResult.Refuse(CallStatus.ContractNotFound);
        CallStatus found = _codes.Find(record.CodeHash, out ContractCode? code);
        return found == CallStatus.Returned ? Run(code!, new CallContext(this, caller, contract, value), input, CallKind.Message, terms) : CallResult.Refuse(found);
    }

    /// <summary>Runs another contract's code for the call of a context: on its storage, for its caller, with its value.</summary>
    internal CallResult Delegate(CallContext context, in Hash256 codeHash, ReadOnlySpan<byte> input)
    {
        CallStatus found = _codes.Find(codeHash, out ContractCode? code);
        return found == CallStatus.Returned ? Run(code!, new CallContext(this, context.Caller, context.Self, context.Value), input, CallKind.Delegated, default) : CallResult.Refuse(found);
    }

    /// <summary>Makes a contract, unless there is one of its id, or was one that this entry has ended: what that stored would have to be gone through again and again.</summary>
    internal CallResult Construct(in AccountId deployer, in Hash256 codeHash, UInt128 value, ReadOnlySpan<byte> input, ReadOnlySpan<byte> salt, out Hash256 contract, in CallTerms terms = default)
    {
        contract = ContractId.Of(deployer, codeHash, Point.Cluster, salt);
        CallStatus found = _codes.Find(codeHash, out ContractCode? code);
        if (found != CallStatus.Returned) return CallResult.Refuse(found);
        if (Storage.TryGetContract(contract, out _) || Storage.HasEnded(contract)) return CallResult.Refuse(CallStatus.DuplicateContract);
        if (_made.Count == MostMade) return CallResult.Refuse(CallStatus.TooManyContracts);
        if (!Fuel.TrySpend(Execution.Fuel.Make)) return CallResult.Refuse(CallStatus.OutOfGas);
        int made = _made.Count;
        Storage.Begin();
        Touch(contract);
        Storage.SetContract(contract, new ContractRecord(codeHash, deployer));
        _made.Add(new MadeContract(contract, deployer));
        CallResult result = Run(code!, new CallContext(this, deployer, contract, value), input, CallKind.Constructor, terms);
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
        if (!Fuel.TrySpend(Execution.Fuel.Transfer) || !Fuel.TrySpend(Execution.Fuel.Write, Execution.Fuel.Write, (int)Math.Min(Storage.UsageOf(contract).Items, int.MaxValue))) return CallStatus.OutOfGas;
        AccountId account = new(contract.AsSpan());
        bool isPaid = Storage.TryTransfer(account, beneficiary, Storage.BalanceOf(account));
        System.Diagnostics.Debug.Assert(isPaid, "It has what it has.");
        Touch(contract);
        Storage.RemoveContract(contract);
        return CallStatus.Returned;
    }

    /// <summary>Gives a contract other code; false where there is no such code.</summary>
    internal bool TrySetCode(in Hash256 contract, in Hash256 codeHash)
    {
        if (!_codes.IsThere(codeHash) || !Storage.TryGetContract(contract, out ContractRecord record)) return false;
        Storage.SetContract(contract, record with { CodeHash = codeHash });
        return true;
    }

    /// <summary>Keeps code from being removed as long as a contract is there, or lets it go again.</summary>
    /// <returns>Why not; <see cref="CallStatus.Returned"/> where it is done.</returns>
    internal CallStatus SetDependency(in Hash256 contract, in Hash256 code, bool isKept)
    {
        if (!Fuel.TrySpend(2 * Execution.Fuel.Write)) return CallStatus.OutOfGas;
        if (isKept && !_codes.IsThere(code)) return CallStatus.CodeNotFound;
        if (Storage.HasDependency(contract, code) == isKept) return CallStatus.DecodingFailed;
        Touch(contract);
        if (isKept) Storage.AddDependency(contract, code);
        else Storage.RemoveDependency(contract, code);
        return CallStatus.Returned;
    }

    /// <summary>Forgets code that no contract runs, and gives its owner back what was locked for it.</summary>
    /// <returns>Why not; null where it is done.</returns>
    internal SystemError? RemoveCode(in AccountId owner, in Hash256 code)
    {
        if (!Fuel.TrySpend(Execution.Fuel.Transfer) || !Fuel.TrySpend(2 * Execution.Fuel.Write)) return SystemError.ConditionNotMet;
        if (!Storage.TryGetCode(code, out CodeRecord record)) return SystemError.CodeNotFound;
        if (record.Owner != owner) return SystemError.PermisionDenied;
        if (record.References > 0) return SystemError.ConditionNotMet;
        Storage.RemoveCode(code);
        Storage.Credit(owner, record.Deposit);
        return null;
    }

    private CallResult Run(ContractCode code, CallContext context, ReadOnlySpan<byte> input, CallKind kind, in CallTerms terms)
    {
        if (_active.Count == DeepestCall) return CallResult.Refuse(CallStatus.TooDeep);
        if (!_active.TryPeek(out ActiveCall? caller))
        {
            Origin = context.Caller;
            return RunOpen(code, context, input, kind, terms, isOutermost: true);
        }

        caller.AllowsReentry = kind != CallKind.Message || terms.AllowsReentry;
        CallResult result = kind != CallKind.Delegated && IsClosed(context.Self) ? CallResult.Refuse(CallStatus.ReentranceDenied) : RunOpen(code, context, input, kind, terms, isOutermost: false);
        caller.AllowsReentry = true;
        return result;
    }

    private CallResult RunOpen(ContractCode code, CallContext context, ReadOnlySpan<byte> input, CallKind kind, in CallTerms terms, bool isOutermost)
    {
        if (!Fuel.TrySpend(Execution.Fuel.Call, Execution.Fuel.InputByte, input.Length)) return CallResult.Refuse(CallStatus.OutOfGas);
        (int events, int made) = (_events.Count, _made.Count);
        ActiveCall active = new(context.Self, kind, terms.DepositLimit);
        if (kind == CallKind.Constructor) active.Before.Add(context.Self, default);
        _active.Push(active);
        Storage.Begin();
        ulong held = Fuel.HoldBack(terms.GasLimit);
        CallResult result = kind == CallKind.Delegated || TryTransfer(context.Caller, context.SelfAccount, context.Value)
            ? Judge(context, kind == CallKind.Constructor ? code.Construct(context, input) : code.Call(context, input), isOutermost)
            : CallResult.Refuse(CallStatus.TransferFailed);
        if (result.IsKept && !_deposits.Holds(active)) result = CallResult.Refuse(CallStatus.DepositLimitReached);
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
    private CallResult Judge(CallContext context, in CallResult result, bool isOutermost)
    {
        if (result.Output.Length > (isOutermost && Mode != ExecutionMode.Query ? LongestOutput : LongestAnswer)) return CallResult.Fail(CallStatus.OutputTooLong);
        if (!Fuel.TrySpend(0, Execution.Fuel.OutputByte, result.Output.Length)) return CallResult.Fail(CallStatus.OutOfGas);
        return context.Failure is { } failure ? CallResult.Fail(failure) : result;
    }

    private void End(bool isKept)
    {
        if (isKept) Storage.Commit();
        else Storage.Rollback();
    }
}
