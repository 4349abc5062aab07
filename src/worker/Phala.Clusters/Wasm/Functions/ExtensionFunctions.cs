using Phala.Clusters.Execution;
using Phala.Clusters.Pink;
using Phala.Wasm;

namespace Phala.Clusters.Wasm.Functions;

/// <summary>The way to Phala's extension of ink!.</summary>
internal static class ExtensionFunctions
{
    internal static void Register(HostAbi abi) => abi.Add("seal0", "call_chain_extension", Call);

    private static int Call(HostContext host, int id, int input, int inputLength, int output, int outputLength)
    {
        WasmFrame frame = WasmFrame.Enter(host);
        if ((uint)id >> 16 != PinkExtension.Id) frame.Call.Fail(CallStatus.NoExtension);
        ReadOnlySpan<byte> arguments = frame.Read(input, inputLength);
        if (frame.Call.IsStopped) return frame.Leave(0);
        ExtensionReply reply = frame.Engine.Extension.Run((ushort)id, frame.Call, arguments);
        if (!frame.Call.IsStopped) frame.WriteOutput(output, outputLength, reply.Output);
        return frame.Leave((int)reply.Status);
    }
}
