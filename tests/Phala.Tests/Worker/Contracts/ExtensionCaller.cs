using System.Buffers.Binary;
using Phala.Clusters.Execution;
using Phala.Clusters.Native;
using Phala.Runtime.Interface.Clusters;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;

namespace Phala.Tests.Worker.Contracts;

/// <summary>A contract that calls the function of the extension whose number its input begins with, and returns status and result.</summary>
internal sealed class ExtensionCaller : ContractCode
{
    public static Hash256 Code { get; } = ClusterWorld.Hash("code of the caller");

    public static Hash256 Instance { get; } = ContractId.Of(ClusterWorld.Owner, Code, ClusterWorld.Id, [0]);

    /// <summary>A world with an instance.</summary>
    public static ClusterWorld World()
    {
        ClusterWorld world = new ClusterWorld(codes: new ContractCodes((NativeCode.SystemContract, new SystemContract()), (NativeCode.Vault, new VaultContract()), (Code, new ExtensionCaller()))).Begin();
        world.Apply(ClusterWorld.Instantiate(ClusterWorld.Owner, Code, [0], []));
        return world;
    }

    public override CallResult Construct(CallContext call, ReadOnlySpan<byte> input) => CallResult.Return(default);

    public override CallResult Call(CallContext call, ReadOnlySpan<byte> input)
    {
        Phala.Clusters.Pink.ExtensionReply reply = call.Engine.Extension.Run(BinaryPrimitives.ReadUInt16LittleEndian(input), call, input[2..]);
        return CallResult.Return((byte[])[.. BitConverter.GetBytes(reply.Status), .. reply.Output ?? []]);
    }
}
