using Phala.Chain;
using Phala.Clusters.State;
using Phala.Trie;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters.Wasm.Attacks;

/// <summary>A thief asks a bank for what it has there, and asks again while it is being paid, before the bank has written down that it was.</summary>
public sealed class ReentrancyAttackTests
{
    private const int Account = 0x300, Amount = 0x200, Data = 0x1000, AllowReentry = 8;

    private readonly ProbeWorld _world = new();

    private ClusterStorage Storage => new(_world.World.State.Content);

    /// <summary>Only a bank that says it may be called while it pays is robbed: so what happens to it shows that the attack is one.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(AllowReentry, 200)]
    public void Who_did_not_say_so_is_not_called_while_it_pays(byte flags, int taken)
    {
        Deposit(flags);
        Outcome outcome = _world.Run(Withdraw(Withdraw([0])));
        Assert.Equal(OutcomeStatus.Succeeded, outcome.Status);
        Assert.Equal(taken, Has(ProbeWorld.First));
        Assert.Equal(1100 - taken, Has(BankContract.Id));
    }

    /// <summary>Between the bank's two calls stand others, each of which says that it may be called: the one that is paid has what is its own, the one that it calls meanwhile can't ask.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(AllowReentry, 50)]
    public void Nor_through_others(byte flags, int taken)
    {
        Deposit(flags);
        _world.Run(Call(BankContract.Id, [0], 0, 50), ProbeWorld.Second, transfer: 50);
        byte[] second = Call(BankContract.Id, [1, 0], AllowReentry);
        _world.Run(Withdraw(Call(ProbeWorld.Second, second, AllowReentry)));
        Assert.Equal((100, taken), (Has(ProbeWorld.First), Has(ProbeWorld.Second)));
    }

    /// <summary>After the attempt the thief is paid what is its own, once.</summary>
    [Fact]
    public void What_is_ones_own_is_paid_once()
    {
        Deposit(0);
        _world.Run(Withdraw(Withdraw([0])));
        for (int round = 0; round < 3; round++) _world.Run(Withdraw([0]));
        Assert.Equal(100, Has(ProbeWorld.First));
        Assert.Equal(1000, Has(BankContract.Id));
    }

    private void Deposit(byte flags)
    {
        BankContract.Open(_world, flags);
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run([0], BankContract.Id, transfer: 1000).Status);
        Assert.Equal(0, BitConverter.ToInt64(_world.Give(Call(BankContract.Id, [0], 0, 100), transfer: 100)));
        Assert.Equal(1100, Has(BankContract.Id));
    }

    private int Has(in Hash256 contract) => (int)Storage.BalanceOf(new AccountId(contract.AsSpan()));

    private static byte[] Withdraw(byte[] whenPaid) => Call(BankContract.Id, [1, .. whenPaid], AllowReentry);

    private static byte[] Call(in Hash256 contract, byte[] input, int flags, byte value = 0) =>
        new ProbeScript().Write(Data, input).Write(Account, contract.AsSpan()).Write(Amount, [value, .. new byte[15]]).Call("seal1", "call", flags, Account, 0, Amount, Data, input.Length, -1, 0).End();
}
