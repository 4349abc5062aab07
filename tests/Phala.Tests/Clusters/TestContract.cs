using Phala.Chain;
using Phala.Clusters.Execution;
using Phala.Clusters.Pink;
using Phala.Runtime.Interface.Clusters;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;

namespace Phala.Tests.Clusters;

/// <summary>A contract that does what the first byte of its input says.</summary>
internal sealed class TestContract : ContractCode
{
    public const byte Echo = 0, Set = 1, Trap = 2, Burn = 3, Fault = 4, CallOther = 5, Emit = 6, LongOutput = 7, LongKey = 8, LongValue = 9, Pay = 10, SetAndRevert = 11, ManyTopics = 12, RemoveKey = 13,
        SetAndTrap = 14, CallAndKeep = 15, Context = 16, IgnoreStop = 17, MiddleOutput = 18, Tell = 19, Count = 20, TellAndRevert = 21, Write = 22, WriteAndTrap = 23, EmitOne = 24;

    public static Hash256 Code { get; } = ClusterWorld.Hash("code of the test contract");

    public static ContractCodes Codes { get; } = new(
        (NativeCode.SystemContract, new Phala.Clusters.Native.SystemContract()), (NativeCode.Vault, new Phala.Clusters.Native.VaultContract()), (Code, new TestContract()));

    /// <summary>The n-th instance that <see cref="World"/> makes.</summary>
    public static Hash256 Instance(byte number = 0) => ContractId.Of(ClusterWorld.Owner, Code, ClusterWorld.Id, [number]);

    /// <summary>A world with two instances.</summary>
    public static ClusterWorld World(ulong gasPrice = 0, ulong perItem = 0, ulong perByte = 0)
    {
        ClusterWorld world = new ClusterWorld(gasPrice, perItem, perByte, codes: Codes).Begin();
        world.Apply(ClusterWorld.Instantiate(ClusterWorld.Owner, Code, [0], [Echo]), ClusterWorld.Instantiate(ClusterWorld.Owner, Code, [1], [Echo]));
        return world;
    }

    public override CallResult Construct(CallContext call, ReadOnlySpan<byte> input) => Call(call, input);

    public override CallResult Call(CallContext call, ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty) return CallResult.Revert(default);
        ReadOnlySpan<byte> rest = input[1..];
        switch (input[0])
        {
            case Echo:
                return CallResult.Return(rest.ToArray());
            case Set:
                call.Set(rest[..1], rest[1..]);
                return CallResult.Return(default);
            case RemoveKey:
                call.Remove(rest);
                return CallResult.Return(default);
            case Trap:
                return call.Trap();
            case Burn:
                while (call.TrySpend(1_000_000))
                {
                }

                return CallResult.Return(default);
            case Fault:
                throw new InvalidOperationException("A fault of the program, planted; it knows a secret.");
            case CallOther or CallAndKeep:
                return Forward(call, input[0] == CallAndKeep, new Hash256(rest[..32]), rest[32..]);
            case Emit or ManyTopics:
                call.Emit(new Hash256[input[0] == Emit ? 4 : 5], rest);
                return CallResult.Return(default);
            case LongOutput:
                return CallResult.Return(new byte[(64 * 1024) + 1]);
            case MiddleOutput:
                return CallResult.Return(new byte[5000]);
            case LongKey:
                call.Set(new byte[CallContext.LongestKey + 1], []);
                return CallResult.Return(default);
            case LongValue:
                call.Set([1], new byte[CallContext.LongestValue + 1]);
                return CallResult.Return(default);
            case Pay:
                return CallResult.Return(new byte[] { call.TryTransfer(new AccountId(rest[..32]), rest[32]) ? (byte)1 : (byte)0 });
            case SetAndRevert:
                call.Set([7], rest);
                call.Emit([], rest);
                return CallResult.Revert(rest.ToArray());
            case SetAndTrap:
                call.Set([7], rest);
                call.Trap();
                return CallResult.Return(call.TryGet([7], out _) ? new byte[] { 1 } : new byte[] { 0 });
            case Context:
                return CallResult.Return((byte[])[(byte)call.Mode, .. call.Caller.AsSpan(), .. BitConverter.GetBytes(call.BlockNumber), .. BitConverter.GetBytes(call.BlockTime), (byte)call.Value]);
            case IgnoreStop:
                for (int count = 0; count < 1000; count++) call.Set([(byte)count], new byte[100_000]);
                return CallResult.Return(new byte[] { call.IsStopped ? (byte)1 : (byte)0 });
            default:
                return Say(call, input[0], rest);
        }
    }

    /// <summary>Tells its host, the log, or who reads events.</summary>
    private static CallResult Say(CallContext call, byte what, ReadOnlySpan<byte> rest)
    {
        switch (what)
        {
            case Tell or TellAndRevert:
                call.Emit([PinkEvent.Topic], rest);
                return what == Tell ? CallResult.Return(default) : CallResult.Revert(default);
            case Write or WriteAndTrap:
                call.Engine.Extension.Run((ushort)ExtensionFunction.Log, call, rest);
                return what == Write ? CallResult.Return(default) : call.Trap();
            case EmitOne:
                call.Emit([Code], rest);
                return CallResult.Return(default);
            case Count:
                byte counted = call.TryGet(rest[..1], out ReadOnlySpan<byte> before) ? before[0] : (byte)0;
                call.Set(rest[..1], [(byte)(counted + 1)]);
                return CallResult.Return(default);
            default:
                return CallResult.Revert(new byte[] { 255 });
        }
    }

    /// <summary>Calls another contract and returns how that ended and what it gave. One keeps what it did itself, whatever the other did.</summary>
    private static CallResult Forward(CallContext call, bool keeps, Hash256 contract, ReadOnlySpan<byte> input)
    {
        if (keeps) call.Set([9], [9]);
        CallResult result = call.Call(contract, 0, input);
        return CallResult.Return((byte[])[(byte)result.Status, .. result.Output.Span]);
    }
}
