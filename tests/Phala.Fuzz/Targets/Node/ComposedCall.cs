using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Testing.Chain;

namespace Phala.Fuzz.Targets.Node;

/// <summary>A call that bytes choose; any bytes do, and where they end the choice is the first.</summary>
internal sealed class ComposedCall(byte[] bytes)
{
    private int _at;

    public RuntimeCall Next(int depth) => (Byte() % (depth > 0 ? 20 : 12)) switch
    {
        0 => RuntimeCall.Of(new Balances.TransferAllowDeath(Address(), Amount())),
        1 => RuntimeCall.Of(new Balances.TransferKeepAlive(Address(), Amount())),
        2 => RuntimeCall.Of(new Balances.TransferAll(Address(), Byte() % 2 == 0)),
        3 => RuntimeCall.Of(new Balances.Burn(Amount(), Byte() % 2 == 0)),
        4 => RuntimeCall.Of(new Balances.ForceTransfer(Address(), Address(), Amount())),
        5 => RuntimeCall.Of(new Balances.ForceSetBalance(Address(), Amount())),
        6 => RuntimeCall.Of(new Session.SetKeys(TestChain.KeysOf(Someone()), Byte() % 8 == 7 ? [1] : default)),
        7 => RuntimeCall.Of(new Session.PurgeKeys()),
        8 => RuntimeCall.Of(new Session.SetValidators([Someone().Account, Someone().Account])),
        9 => RuntimeCall.Of(new Upgrade.Schedule(Byte() % 8u, 999u + (Byte() % 4u))),
        10 => Byte() % 2 == 0 ? RuntimeCall.Of(new Sudo.SetKey(Address())) : RuntimeCall.Of(new Sudo.RemoveKey()),
        11 => Byte() % 4 == 0 ? RuntimeCall.Of(new Timestamp.Set(Byte())) : RuntimeCall.Of(new FrameSystem.RemarkWithEvent([Byte()])),
        12 => RuntimeCall.Of(new Utility.Batch(Several(depth))),
        13 => RuntimeCall.Of(new Utility.BatchAll(Several(depth))),
        14 => RuntimeCall.Of(new Utility.ForceBatch(Several(depth))),
        15 => RuntimeCall.Of(new Utility.AsDerivative(Byte(), Next(depth - 1))),
        16 or 17 => RuntimeCall.Of(new Sudo.SudoCall(Next(depth - 1))),
        18 => RuntimeCall.Of(new Sudo.SudoAs(Address(), Next(depth - 1))),
        _ => RuntimeCall.Of(new Sudo.SudoUncheckedWeight(Next(depth - 1), new Weight((ulong)Byte() << (Byte() % 56), Byte()))),
    };

    private Vec<RuntimeCall> Several(int depth) => [.. Enumerable.Range(0, Byte() % 5).Select(_ => Next(depth - 1))];

    private MultiAddress Address() => Byte() % 16 == 15 ? MultiAddress.Index(Byte()) : Someone().Address;

    private Actor Someone() => Actor.All[Byte() % Actor.All.Count];

    private UInt128 Amount() => (Byte() % 5) switch
    {
        0 => Byte(),
        1 => Balances.ExistentialDeposit - 1 + (ulong)(Byte() % 3),
        2 => (UInt128)Byte() * Balances.Pha,
        3 => TestChain.Endowment - (UInt128)Byte(),
        _ => UInt128.MaxValue >> (Byte() % 128),
    };

    private byte Byte() => _at < bytes.Length ? bytes[_at++] : (byte)0;
}
