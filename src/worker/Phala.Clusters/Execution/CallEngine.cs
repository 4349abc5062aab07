using Phala.Chain;
using Phala.Clusters.State;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>Runs one command, constructor or query, with all the calls inside of it.</summary>
/// <remarks>
/// <b>Invariant.</b> Each call is a transaction of the state: unless it returned, nothing of it stays, nor of the calls inside of it. No call goes deeper than
/// <see cref="DeepestCall"/>, and no contract is called inside of itself.
/// </remarks>
internal sealed class CallEngine(NativeContracts codes, ClusterStorage storage, ExecutionMode mode, uint blockNumber, ulong blockTime, ulong fuel)
{
    /// <summary>How many calls may be inside of each other.</summary>
    internal const int DeepestCall = 6;

    /// <summary>The longest output of a command, and of a query, in bytes.</summary>
    internal const int LongestOutput = 64 * 1024, LongestAnswer = 1024 * 1024;

    private readonly Stack<Hash256> _active = new();
    private readonly List<Hash256> _touched = [];
    private readonly List<ContractEvent> _events = [];

    internal ExecutionMode Mode => mode;

    internal uint BlockNumber => blockNumber;

    internal ulong BlockTime => blockTime;

    internal ClusterStorage Storage => storage;

    internal FuelMeter Fuel { get; } = new(fuel);

    /// <summary>Contracts that may store something else than before, in the order in which they were first written to.</summary>
    internal IReadOnlyList<Hash256> Touched => _touched;

    /// <summary>What was emitted by calls that returned.</summary>
    internal IReadOnlyList<ContractEvent> Events => _events;

    internal void Touch(in Hash256 contract)
    {
        if (!_touched.Contains(contract)) _touched.Add(contract);
    }

    internal void Emit(ContractEvent item) => _events.Add(item);

    internal bool HasCode(in Hash256 code, bool besideContracts)
    {
        if (!besideContracts && codes.TryGet(code, out _)) return true;
        return storage.TryGetCode(code, out CodeRecord record) && (record.Kind == ResourceType.SidevmCode) == besideContracts;
    }

    /// <summary>Calls a contract's message.</summary>
    internal CallResult Call(in AccountId caller, in Hash256 contract, UInt128 value, ReadOnlySpan<byte> input)
    {
        if (!storage.TryGetContract(contract, out ContractRecord record)) return CallResult.Fail(CallStatus.ContractNotFound);
        return codes.TryGet(record.CodeHash, out NativeContract? code) ? Run(code, caller, contract, value, input, constructs: false) : CallResult.Fail(CallStatus.CodeNotFound);
    }

    /// <summary>Makes a contract. That there is none of the id yet, the caller has checked.</summary>
    internal CallResult Construct(in AccountId deployer, in Hash256 contract, in Hash256 codeHash, UInt128 value, ReadOnlySpan<byte> input)
    {
        if (!codes.TryGet(codeHash, out NativeContract? code)) return CallResult.Fail(CallStatus.CodeNotFound);
        storage.Begin();
        storage.SetContract(contract, new ContractRecord(codeHash, deployer));
        CallResult result = Run(code, deployer, contract, value, input, constructs: true);
        End(result.IsKept);
        return result;
    }

    private CallResult Run(NativeContract code, in AccountId caller, in Hash256 contract, UInt128 value, ReadOnlySpan<byte> input, bool constructs)
    {
        if (_active.Count == DeepestCall) return CallResult.Fail(CallStatus.TooDeep);
        if (_active.Contains(contract)) return CallResult.Fail(CallStatus.ReentranceDenied);
        if (!Fuel.TrySpend(Execution.Fuel.Call, Execution.Fuel.InputByte, input.Length)) return CallResult.Fail(CallStatus.OutOfGas);
        int events = _events.Count;
        _active.Push(contract);
        storage.Begin();
        CallContext context = new(this, caller, contract, value);
        CallResult result = storage.TryTransfer(caller, context.SelfAccount, value)
            ? Judge(context, constructs ? code.Construct(context, input) : code.Call(context, input))
            : CallResult.Fail(CallStatus.TransferFailed);
        End(result.IsKept);
        _active.Pop();
        if (!result.IsKept) _events.RemoveRange(events, _events.Count - events);
        return result;
    }

    /// <summary>A contract that was stopped may return what it likes.</summary>
    private CallResult Judge(CallContext context, in CallResult result)
    {
        if (result.Output.Length > (mode == ExecutionMode.Query ? LongestAnswer : LongestOutput)) return CallResult.Fail(CallStatus.OutputTooLong);
        if (!Fuel.TrySpend(0, Execution.Fuel.OutputByte, result.Output.Length)) return CallResult.Fail(CallStatus.OutOfGas);
        return context.IsTrapped ? CallResult.Fail(CallStatus.Trapped) : result;
    }

    private void End(bool isKept)
    {
        if (isKept) storage.Commit();
        else storage.Rollback();
    }
}
