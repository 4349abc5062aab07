using System.Numerics;
using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Workers;
using Phala.Testing.Chain;

namespace Phala.Tests.Runtime.Model;

/// <summary>Calls of all kinds, many of them at the edge of what is allowed.</summary>
internal sealed class RandomCalls(Random random, ModelChain chain)
{
    private static readonly AccountId[] Strangers = [.. Enumerable.Range(1, 4).Select(number => new AccountId([.. Enumerable.Repeat((byte)number, 32)]))];

    private static readonly SessionKeys[] Keys =
    [
        .. Actor.All.Select(TestChain.KeysOf),
        .. Enumerable.Range(1, 6).Select(number => new SessionKeys(new AuraAuthorityId([.. Enumerable.Repeat((byte)(0x40 + number), 32)]), new GrandpaAuthorityId([.. Enumerable.Repeat((byte)(0x50 + (number / 2)), 32)]))),
    ];

    /// <summary>A call that an account may make.</summary>
    /// <param name="who">The account.</param>
    /// <param name="depth">How many calls may still be within each other.</param>
    public RuntimeCall Next(AccountId who, int depth = 3) => random.Next(depth > 0 ? 26 : 14) switch
    {
        0 or 1 => RuntimeCall.Of(new Balances.TransferAllowDeath(Address(), Amount(who))),
        2 or 3 => RuntimeCall.Of(new Balances.TransferKeepAlive(Address(), Amount(who))),
        4 => RuntimeCall.Of(new Balances.TransferAll(Address(), random.Next(2) == 0)),
        5 => RuntimeCall.Of(new Balances.Burn(Amount(who), random.Next(2) == 0)),
        6 when random.Next(2) == 0 => RuntimeCall.Of(new PhalaMq.PushMessage(Topic(), Payload())),
        6 => random.Next(2) == 0 ? RuntimeCall.Of(new FrameSystem.Remark(Bytes(40))) : RuntimeCall.Of(new FrameSystem.RemarkWithEvent(Bytes(40))),
        7 => RuntimeCall.Of(new Session.SetKeys(Keys[random.Next(Keys.Length)], random.Next(5) == 0 ? [1] : default)),
        8 => random.Next(3) > 0 ? RuntimeCall.Of(new Session.PurgeKeys()) : RuntimeCall.Of(new FrameSystem.RemarkWithEvent(Bytes(4))),
        9 or 10 => Privileged(),
        11 => random.Next(6) == 0 ? RuntimeCall.Of(new Timestamp.Set(5)) : RuntimeCall.Of(new Balances.TransferKeepAlive(Address(), Amount(who))),
        12 => RuntimeCall.Of(new Balances.TransferAllowDeath(MultiAddress.Id(ModelCalls.Derivative(who, (ushort)random.Next(3))), 3 * Balances.ExistentialDeposit)),
        13 => Endowing(),
        14 or 15 => RuntimeCall.Of(new Utility.Batch(Several(who, depth - 1))),
        16 => RuntimeCall.Of(new Utility.BatchAll(Several(who, depth - 1))),
        17 => RuntimeCall.Of(new Utility.ForceBatch(Several(who, depth - 1))),
        18 or 19 => AsDerivative(who, (ushort)random.Next(3), depth - 1),
        20 or 21 or 22 => RuntimeCall.Of(new Sudo.SudoCall(random.Next(3) switch { 0 => Next(who, depth - 1), 1 => RuntimeCall.Of(new Utility.ForceBatch([Privileged(), Privileged(), Privileged()])), _ => Privileged() })),
        23 => RuntimeCall.Of(new Sudo.SudoUncheckedWeight(Privileged(), Unchecked())),
        24 => SudoAs(depth - 1),
        _ => SudoKey(who),
    };

    /// <summary>A batch of more calls than one may hold.</summary>
    public RuntimeCall TooMany()
    {
        RuntimeCall remark = RuntimeCall.Of(new FrameSystem.Remark(default));
        Vec<RuntimeCall> calls = [.. Enumerable.Repeat(remark, 10_923)];
        return random.Next(3) switch
        {
            0 => RuntimeCall.Of(new Utility.Batch(calls)),
            1 => RuntimeCall.Of(new Utility.BatchAll(calls)),
            _ => RuntimeCall.Of(new Utility.ForceBatch(calls)),
        };
    }

    /// <summary>Gives everybody tokens, where the sender may.</summary>
    public RuntimeCall Relief() => RuntimeCall.Of(new Sudo.SudoCall(RuntimeCall.Of(new Utility.ForceBatch(
        [.. Actor.All.Where(_ => random.Next(2) == 0).Select(actor => RuntimeCall.Of(new Balances.ForceSetBalance(actor.Address, (UInt128)random.Next(10, 500) * Balances.Pha)))]))));

    /// <summary>A call that only root may make.</summary>
    private RuntimeCall Privileged() => random.Next(14) switch
    {
        0 or 1 => RuntimeCall.Of(new Balances.ForceTransfer(Address(), Address(), Amount(Someone()))),
        2 or 3 => RuntimeCall.Of(new Balances.ForceSetBalance(Address(), random.Next(4) switch { 0 => UInt128.MaxValue, 1 => (UInt128)random.Next(20_000_000) * 1000, _ => (UInt128)random.Next(1, 900) * Balances.Pha })),
        4 or 5 or 6 => RuntimeCall.Of(new Session.SetValidators(Validators())),
        7 or 8 or 9 => RuntimeCall.Of(new Upgrade.Schedule(chain.Number + (uint)random.Next(7) - 1, 999 + (uint)random.Next(4))),
        10 or 11 => RuntimeCall.Of(new Upgrade.Cancel()),
        12 => OfWorkers(),
        _ => Endowing(),
    };

    /// <summary>What root says of workers, several things at once.</summary>
    private RuntimeCall OfWorkers() => RuntimeCall.Of(new Utility.ForceBatch(
    [
        RuntimeCall.Of(new PhalaMq.ForcePushPalletMessage(Topic(), Payload())), RuntimeCall.Of(new PhalaRegistry.AddPruntime(Program())), RuntimeCall.Of(new PhalaRegistry.AddPruntime(Program())),
        RuntimeCall.Of(new PhalaRegistry.RemovePruntime(Program())), RuntimeCall.Of(new PhalaRegistry.RemovePruntime(Program())),
        RuntimeCall.Of(new PhalaRegistry.SetMinimumPruntimeVersion((uint)random.Next(3), (uint)random.Next(300), (uint)random.Next(3))),
    ]));

    /// <summary>Keeps actors in the game.</summary>
    private RuntimeCall Endowing() => RuntimeCall.Of(new Balances.ForceSetBalance(Actor.All[random.Next(Actor.All.Count)].Address, 500 * (UInt128)Balances.Pha));

    private RuntimeCall AsDerivative(AccountId who, ushort index, int depth) => RuntimeCall.Of(new Utility.AsDerivative(index, Next(ModelCalls.Derivative(who, index), depth)));

    private RuntimeCall SudoAs(int depth)
    {
        AccountId who = Someone();
        return RuntimeCall.Of(new Sudo.SudoAs(random.Next(8) == 0 ? MultiAddress.Index(1) : MultiAddress.Id(who), Next(who, depth)));
    }

    /// <summary>The key changes hands, and is removed mostly where that is taken back: nobody could set it again.</summary>
    private RuntimeCall SudoKey(AccountId who) => random.Next(12) switch
    {
        < 4 => RuntimeCall.Of(new Sudo.SetKey(Actor.All[random.Next(Actor.All.Count)].Address)),
        < 6 => RuntimeCall.Of(new Sudo.SetKey(MultiAddress.Raw([1, 2, 3]))),
        6 => RuntimeCall.Of(new Sudo.RemoveKey()),
        _ => RuntimeCall.Of(new Utility.BatchAll([RuntimeCall.Of(new Sudo.RemoveKey()), Next(who, 0), RuntimeCall.Of(new Timestamp.Set(7))])),
    };

    private Vec<RuntimeCall> Several(AccountId who, int depth) => [.. Enumerable.Range(0, random.Next(5)).Select(_ => Next(who, depth))];

    private Vec<AccountId> Validators()
    {
        AccountId[] able = [.. chain.State.NextKeys.Keys.OrderBy(id => Hex.Format(id.AsSpan()), StringComparer.Ordinal)];
        if (random.Next(4) == 0) return [.. able, Someone()];
        return [.. able.Where(_ => random.Next(3) > 0)];
    }

    private Weight Unchecked() => new(random.Next(4) == 0 ? 749_949_900_000ul + (ulong)random.Next(0, 200_000) : (ulong)random.Next(200_000_000), (ulong)random.Next(100));

    private MultiAddress Address() => random.Next(25) switch
    {
        0 => MultiAddress.Index(7),
        1 => MultiAddress.Raw([9]),
        _ => MultiAddress.Id(Someone()),
    };

    private AccountId Someone() => random.Next(8) switch
    {
        < 5 => Actor.All[random.Next(Actor.All.Count)].Account,
        5 => Strangers[random.Next(Strangers.Length)],
        _ => ModelCalls.Derivative(Actor.All[random.Next(Actor.All.Count)].Account, (ushort)random.Next(3)),
    };

    /// <summary>Amounts around all limits: the existential deposit, what there is, what exists at all.</summary>
    private UInt128 Amount(AccountId who)
    {
        BigInteger free = chain.AccountOf(who)?.Free ?? 0, deposit = ModelBalances.Deposit;
        BigInteger amount = random.Next(16) switch
        {
            0 => 0,
            1 => random.Next(2),
            2 => deposit - random.Next(2),
            3 => free - random.Next(2),
            4 => free + 1 + random.Next(2),
            5 => free - deposit + random.Next(-1, 2),
            6 => free - (deposit / 2),
            7 => chain.State.Issuance + random.Next(2),
            8 => ModelBalances.Most,
            9 => free / 2,
            _ => (BigInteger)random.Next(1, 100_000) * 1_000_000_000,
        };
        return (UInt128)BigInteger.Max(amount, 0);
    }

    private Measurement Program() => new([.. Enumerable.Repeat((byte)random.Next(3), Measurement.Size)]);

    private Vec<byte> Topic() => random.Next(5) switch
    {
        0 => default,
        1 => Vec.Create("!no"u8),
        2 => Vec.Create("^on/chain"u8),
        3 => Vec.Create("phala/contract/0000000000000000000000000000000000000000000000000000000000000000/command"u8),
        _ => Vec.Create("a/topic"u8),
    };

    private Vec<byte> Payload() => random.Next(60) == 0 ? Vec.Create<byte>(new byte[(256 * 1024) + 1]) : Bytes(60);

    private Vec<byte> Bytes(int most)
    {
        byte[] bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return Vec.Create<byte>(bytes);
    }
}
