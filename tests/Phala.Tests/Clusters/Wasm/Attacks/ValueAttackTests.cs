using Phala.Chain;
using Phala.Clusters.State;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters.Wasm.Attacks;

/// <summary>Contracts that want more tokens than they were given.</summary>
public sealed class ValueAttackTests
{
    private const int Account = 0x300, Amount = 0x200, Code = 0x340, Salt = 0x380, Data = 0x1000;
    private const int TransferFailed = 5;

    private readonly ProbeWorld _world = new();

    private ClusterStorage Storage => new(_world.World.State.Content);

    /// <summary>By each of the three ways to give something away.</summary>
    [Theory]
    [InlineData("transfer")]
    [InlineData("call")]
    [InlineData("instantiate")]
    public void Nobody_gives_what_they_do_not_have(string by)
    {
        _world.World.Apply(ClusterWorld.Deposit(new AccountId(ProbeWorld.First.AsSpan()), 100));
        long alice = Has(ProbeWorld.Alice);
        foreach (UInt128 amount in (UInt128[])[101, ulong.MaxValue, UInt128.MaxValue - 100, UInt128.MaxValue])
        {
            Assert.Equal(TransferFailed, BitConverter.ToInt64(_world.Give(Give(by, amount, ProbeWorld.Second))));
            Assert.Equal((100, 0, alice), (Has(ProbeWorld.First), Has(ProbeWorld.Second), Has(ProbeWorld.Alice)));
        }

        Assert.Equal(0, BitConverter.ToInt64(_world.Give(Give(by, 100, ProbeWorld.Second))));
        Assert.Equal(0, Has(ProbeWorld.First));
    }

    /// <summary>Who reads both balances before it writes either makes tokens here.</summary>
    [Fact]
    public void Who_pays_itself_has_as_much_as_before()
    {
        _world.World.Apply(ClusterWorld.Deposit(new AccountId(ProbeWorld.First.AsSpan()), 100));
        foreach (int flags in (int[])[0, 8]) _world.Run(Call(ProbeWorld.First, [0], 100, flags));
        Assert.Equal(0, BitConverter.ToInt64(_world.Give(Give("transfer", 100, ProbeWorld.First))));
        Assert.Equal(100, Has(ProbeWorld.First));
    }

    /// <summary>What a contract is told of a call that came to nothing, and what it has then: all of it, to give to somebody else.</summary>
    [Theory]
    [InlineData(6, 2)]
    [InlineData(5, 1)]
    [InlineData(4, 1)]
    public void What_was_given_with_a_call_that_came_to_nothing_is_ones_own_again(byte ending, int told)
    {
        _world.World.Apply(ClusterWorld.Deposit(new AccountId(ProbeWorld.First.AsSpan()), 100));
        byte[] failing = [.. new ProbeScript().Call("seal0", "caller_is_origin").End()[..^1], ending];
        byte[] script = new ProbeScript().Write(Data, failing).Write(Account, ProbeWorld.Second.AsSpan()).Write(Amount, [100, .. new byte[15]])
            .Call("seal1", "call", 0, Account, 20_000_000_000, Amount, Data, failing.Length, -1, 0).Ask("seal0", "balance", 16).End();
        byte[] given = _world.Give(script);
        Assert.Equal((told, 100), ((int)BitConverter.ToInt64(given), given[20]));
        Assert.Equal((100, 0), (Has(ProbeWorld.First), Has(ProbeWorld.Second)));
    }

    [Theory]
    [InlineData(6, OutcomeStatus.Reverted)]
    [InlineData(5, OutcomeStatus.Trapped)]
    [InlineData(4, OutcomeStatus.OutOfGas)]
    public void What_was_given_with_a_command_that_came_to_nothing_is_ones_own_again(byte ending, OutcomeStatus status)
    {
        long before = Has(ProbeWorld.Alice);
        Assert.Equal(status, _world.Run([.. new ProbeScript().Call("seal0", "caller_is_origin").End()[..^1], ending], transfer: 1000, gas: 20_000_000_000).Status);
        Assert.Equal((before, 0), (Has(ProbeWorld.Alice), Has(ProbeWorld.First)));
    }

    /// <summary>Code that is lent is told of the value; it was moved once.</summary>
    [Fact]
    public void Code_that_is_lent_does_not_take_the_value_again()
    {
        long before = Has(ProbeWorld.Alice);
        byte[] inner = new ProbeScript().Ask("seal0", "value_transferred", 16).Ask("seal0", "balance", 16).End();
        byte[] lent = new ProbeScript().Write(Data, inner).Write(Code, ProbeContract.CodeHash.AsSpan()).Write(ProbeScript.OutputAt - 4, BitConverter.GetBytes(100))
            .Call("seal0", "delegate_call", 0, Code, Data, inner.Length, ProbeScript.OutputAt, ProbeScript.OutputAt - 4).Show(ProbeScript.OutputAt, 56).End();
        byte[] given = _world.Give(lent, transfer: 50);
        Assert.Equal((50, 50), (given[8 + 12], given[8 + 40]));
        Assert.Equal((before - 50, 50), (Has(ProbeWorld.Alice), Has(ProbeWorld.First)));
    }

    /// <summary>Who pays for what a contract calls is the contract, never who called it.</summary>
    [Fact]
    public void A_contract_spends_nothing_of_who_calls_it()
    {
        long before = Has(ProbeWorld.Alice);
        Assert.Equal(TransferFailed, BitConverter.ToInt64(_world.Give(Call(ProbeWorld.Second, [0], 100, 0))));
        Assert.Equal((before, 0), (Has(ProbeWorld.Alice), Has(ProbeWorld.Second)));
    }

    /// <summary>A command that stores what its sender can't pay the deposit of leaves nothing, however it ended.</summary>
    [Fact]
    public void Nothing_is_stored_that_nobody_pays_for()
    {
        ProbeWorld world = new(perItem: 10, perByte: 1);
        AccountId poor = ClusterWorld.Account("poor");
        world.World.Apply(ClusterWorld.Deposit(poor, 109));
        byte[] script = new ProbeScript().Write(Data, 1).Call("seal2", "set_storage", Data, 1, Data, 99).End();
        Assert.Equal(OutcomeStatus.DepositFailed, world.Run(script, sender: poor).Status);
        Assert.False(new ClusterStorage(world.World.State.Content).TryGetStored(ProbeWorld.First, [1, 1], out _));
        world.World.Apply(ClusterWorld.Deposit(poor, 2));
        Assert.Equal(OutcomeStatus.Succeeded, world.Run(script, sender: poor).Status);
        Assert.Equal((UInt128)0, new ClusterStorage(world.World.State.Content).BalanceOf(poor));
    }

    private long Has(in Hash256 contract) => Has(new AccountId(contract.AsSpan()));

    private long Has(in AccountId account) => (long)Storage.BalanceOf(account);

    private static byte[] Give(string by, UInt128 amount, in Hash256 to)
    {
        byte[] value = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128LittleEndian(value, amount);
        ProbeScript script = new ProbeScript().Write(Data, 0).Write(Account, to.AsSpan()).Write(Code, ProbeContract.CodeHash.AsSpan()).Write(Salt, 0x55).Write(Amount, value);
        return by switch
        {
            "transfer" => script.Call("seal0", "transfer", Account, 32, Amount, 16).End(),
            "call" => script.Call("seal1", "call", 0, Account, 0, Amount, Data, 1, -1, 0).End(),
            _ => script.Call("seal1", "instantiate", Code, 0, Amount, Data, 1, -1, 0, -1, 0, Salt, 1).End(),
        };
    }

    private static byte[] Call(in Hash256 contract, byte[] input, byte value, int flags) =>
        new ProbeScript().Write(Data, input).Write(Account, contract.AsSpan()).Write(Amount, [value, .. new byte[15]]).Call("seal1", "call", flags, Account, 0, Amount, Data, input.Length, -1, 0).End();
}
