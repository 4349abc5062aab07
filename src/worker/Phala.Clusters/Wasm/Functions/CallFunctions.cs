using Phala.Chain;
using Phala.Clusters.Execution;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;
using Phala.Wasm;

namespace Phala.Clusters.Wasm.Functions;

/// <summary>What a contract does with others: calls, new contracts, transfers, its own end, other code.</summary>
internal static class CallFunctions
{
    /// <summary>Instead of a place for an amount: any amount.</summary>
    private const int Unlimited = -1;

    internal static void Register(HostAbi abi)
    {
        abi.Add("seal0", "call", static (HostContext host, int callee, int _, long gas, int value, int _, int input, int inputLength, int output, int outputLength) =>
            Call(host, (int)CallFlags.AllowReentry, callee, gas, Unlimited, value, input, inputLength, output, outputLength));
        abi.Add("seal1", "call", static (HostContext host, int flags, int callee, long gas, int value, int input, int inputLength, int output, int outputLength) =>
            Call(host, flags, callee, gas, Unlimited, value, input, inputLength, output, outputLength));
        abi.Add("seal2", "call", static (HostContext host, int flags, int callee, long time, long _, int deposit, int value, int input, int inputLength, int output, int outputLength) =>
            Call(host, flags, callee, time, deposit, value, input, inputLength, output, outputLength));
        abi.Add("seal0", "delegate_call", DelegateCall);
        abi.Add(
            "seal0",
            "instantiate",
            static (HostContext host, int code, int _, long gas, int value, int _, int input, int inputLength, int address, int addressLength, int output, int outputLength, int salt, int saltLength) =>
                Instantiate(host, code, gas, Unlimited, value, input, inputLength, address, addressLength, output, outputLength, salt, saltLength));
        abi.Add(
            "seal1",
            "instantiate",
            static (HostContext host, int code, long gas, int value, int input, int inputLength, int address, int addressLength, int output, int outputLength, int salt, int saltLength) =>
                Instantiate(host, code, gas, Unlimited, value, input, inputLength, address, addressLength, output, outputLength, salt, saltLength));
        abi.Add(
            "seal2",
            "instantiate",
            static (HostContext host, int code, long time, long _, int deposit, int value, int input, int inputLength, int address, int addressLength, int output, int outputLength, int salt, int saltLength) =>
                Instantiate(host, code, time, deposit, value, input, inputLength, address, addressLength, output, outputLength, salt, saltLength));
        abi.Add("seal0", "transfer", Transfer);
        abi.Add("seal0", "terminate", static (HostContext host, int beneficiary, int _) => Terminate(host, beneficiary));
        abi.Add("seal1", "terminate", Terminate);
        abi.Add("seal0", "set_code_hash", SetCodeHash);
        abi.Add("seal0", "lock_delegate_dependency", static (HostContext host, int code) => SetDependency(host, code, isKept: true));
        abi.Add("seal0", "unlock_delegate_dependency", static (HostContext host, int code) => SetDependency(host, code, isKept: false));
        abi.Add("seal0", "instantiation_nonce", InstantiationNonce);
    }

    private static int Call(HostContext host, int flags, int callee, long gas, int deposit, int value, int input, int inputLength, int output, int outputLength)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        CallFlags how = ReadFlags(frame, flags);
        Hash256 contract = frame.ReadHash(callee);
        UInt128? limit = deposit == Unlimited ? null : frame.ReadAmount(deposit);
        UInt128 amount = frame.ReadAmount(value);
        ReadOnlySpan<byte> bytes = ReadInput(frame, how, input, inputLength);
        if (frame.Call.IsStopped) return frame.Leave(0);
        Execution.CallResult result = frame.Engine.Call(frame.Call.SelfAccount, contract, amount, bytes, new CallTerms((ulong)gas, how.HasFlag(CallFlags.AllowReentry), limit));
        return frame.Leave(Conclude(frame, how, result, output, outputLength));
    }

    private static int DelegateCall(HostContext host, int flags, int code, int input, int inputLength, int output, int outputLength)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        CallFlags how = ReadFlags(frame, flags);
        if (how.HasFlag(CallFlags.AllowReentry)) frame.Call.Fail(CallStatus.InvalidCallFlags);
        Hash256 hash = frame.ReadHash(code);
        ReadOnlySpan<byte> bytes = ReadInput(frame, how, input, inputLength);
        if (frame.Call.IsStopped) return frame.Leave(0);
        return frame.Leave(Conclude(frame, how, frame.Engine.Delegate(frame.Call, hash, bytes), output, outputLength));
    }

    private static int Instantiate(
        HostContext host, int code, long gas, int deposit, int value, int input, int inputLength, int address, int addressLength, int output, int outputLength, int salt, int saltLength)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        Hash256 hash = frame.ReadHash(code);
        UInt128? limit = deposit == Unlimited ? null : frame.ReadAmount(deposit);
        UInt128 amount = frame.ReadAmount(value);
        ReadOnlySpan<byte> bytes = frame.Read(input, inputLength), grain = frame.Read(salt, saltLength);
        if (grain.Length > ContractId.MaxSalt) frame.Call.Fail(CallStatus.DecodingFailed);
        if (frame.Call.IsStopped) return frame.Leave(0);
        Execution.CallResult result = frame.Engine.Construct(frame.Call.SelfAccount, hash, amount, bytes, grain, out Hash256 contract, new CallTerms((ulong)gas, DepositLimit: limit));
        if (result.IsKept) frame.WriteOutput(address, addressLength, contract.AsSpan(), isOptional: true);
        return frame.Leave(Conclude(frame, CallFlags.None, result, output, outputLength));
    }

    private static int Transfer(HostContext host, int account, int accountLength, int value, int valueLength)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        AccountId to = frame.ReadAccount(account);
        return frame.Leave(frame.Call.TryTransfer(to, frame.ReadAmount(value)) ? ReturnCode.Success : ReturnCode.TransferFailed);
    }

    private static void Terminate(HostContext host, int beneficiary)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        AccountId to = frame.ReadAccount(beneficiary);
        if (!frame.Call.IsStopped)
        {
            CallStatus ended = frame.Engine.Terminate(frame.Call.Self, to);
            if (ended == CallStatus.Returned) frame.Finish(Execution.CallResult.Return(default));
            else frame.Call.Fail(ended);
        }

        frame.Leave();
    }

    private static int SetCodeHash(HostContext host, int code)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        Hash256 hash = frame.ReadHash(code);
        return frame.Leave(frame.Call.TrySpend(Fuel.Write) && frame.Engine.TrySetCode(frame.Call.Self, hash) ? ReturnCode.Success : ReturnCode.CodeNotFound);
    }

    private static void SetDependency(HostContext host, int code, bool isKept)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        Hash256 hash = frame.ReadHash(code);
        CallStatus done = frame.Call.IsStopped ? CallStatus.Returned : frame.Engine.SetDependency(frame.Call.Self, hash, isKept);
        if (done != CallStatus.Returned) frame.Call.Fail(done);
        frame.Leave();
    }

    private static long InstantiationNonce(HostContext host)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        long nonce = frame.Call.TrySpend(Fuel.Read) ? (long)frame.Engine.Nonce : 0;
        frame.Leave();
        return nonce;
    }

    private static CallFlags ReadFlags(WasmFrame frame, int flags)
    {
        CallFlags read = (CallFlags)(uint)flags;
        if ((read & ~CallFlags.All) != 0) frame.Call.Fail(CallStatus.InvalidCallFlags);
        return read;
    }

    /// <summary>A copy: the guest's memory may be the callee's to ask about, but not to see changing.</summary>
    private static ReadOnlySpan<byte> ReadInput(WasmFrame frame, CallFlags flags, int input, int length)
    {
        if (flags.HasFlag(CallFlags.ForwardInput)) return frame.Input(keeps: false);
        return flags.HasFlag(CallFlags.CloneInput) ? frame.Input(keeps: true) : frame.Read(input, length);
    }

    /// <summary>What the caller is told. What is the caller's own fault, and has no number, ends it.</summary>
    private static ReturnCode Conclude(WasmFrame frame, CallFlags flags, in Execution.CallResult result, int output, int outputLength)
    {
        bool returned = result.Status is CallStatus.Returned or CallStatus.Reverted;
        if (returned && flags.HasFlag(CallFlags.TailCall))
        {
            frame.Finish(result);
            return ReturnCode.Success;
        }

        if (returned)
        {
            frame.WriteOutput(output, outputLength, result.Output.Span, isOptional: true);
            return result.IsKept ? ReturnCode.Success : ReturnCode.CalleeReverted;
        }

        if (!result.IsRefused) return ReturnCode.CalleeTrapped;
        switch (result.Status)
        {
            case CallStatus.TransferFailed:
                return ReturnCode.TransferFailed;
            case CallStatus.ContractNotFound:
                return ReturnCode.NotCallable;
            case CallStatus.CodeNotFound:
                return ReturnCode.CodeNotFound;
            default:
                frame.Call.Fail(result.Status);
                return ReturnCode.CalleeTrapped;
        }
    }
}
