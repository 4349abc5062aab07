using Phala.Clusters.Execution;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Trie;
using Phala.Wasm;

namespace Phala.Clusters.Wasm.Functions;

/// <summary>What a contract gives: its result, events, text for those who look for faults; and what it can't do.</summary>
internal static class OutputFunctions
{
    private const uint RevertFlag = 1;

    internal static void Register(HostAbi abi)
    {
        abi.Add("seal0", "seal_return", Return);
        abi.Add("seal0", "deposit_event", DepositEvent);
        abi.Add("seal0", "debug_message", DebugMessage);
        abi.Add("seal0", "call_runtime", static (HostContext host, int call, int length) => Refuse(host, ReturnCode.CallRuntimeFailed));
        abi.Add("seal0", "xcm_execute", static (HostContext host, int message, int length) => Refuse(host, ReturnCode.XcmExecutionFailed));
        abi.Add("seal0", "xcm_send", static (HostContext host, int destination, int message, int length, int output) => Refuse(host, ReturnCode.XcmSendFailed));
    }

    private static void Return(HostContext host, int flags, int data, int length)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        byte[] output = frame.Read(data, length).ToArray();
        if (((uint)flags & ~RevertFlag) != 0) frame.Call.Fail(CallStatus.InvalidCallFlags);
        if (!frame.Call.IsStopped) frame.Finish(flags == 0 ? Execution.CallResult.Return(output) : Execution.CallResult.Revert(output));
        frame.Leave();
    }

    private static void DepositEvent(HostContext host, int topics, int topicsLength, int data, int length)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        Vec<Hash256> read = default;
        ScaleReader reader = new(frame.Read(topics, topicsLength));
        if (topicsLength != 0 && !frame.Call.IsStopped && !VecCodec<Hash256, Hash256>.TryDecode(ref reader, out read)) frame.Call.Fail(CallStatus.DecodingFailed);
        frame.Call.Emit(read.AsSpan(), frame.Read(data, length));
        frame.Leave();
    }

    private static int DebugMessage(HostContext host, int text, int length)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        int taken = (int)Math.Min((uint)length, DebugText.Longest);
        if (frame.Call.TrySpend(Fuel.Look + (Fuel.DebugByte * (uint)taken))) frame.Engine.Debug.Append(frame.Read(text, taken));
        return frame.Leave(ReturnCode.Success);
    }

    private static int Refuse(HostContext host, ReturnCode code)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        return frame.Leave(frame.Call.TrySpend(Fuel.Look) ? code : 0);
    }
}
