using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Native;
using Phala.Runtime.Interface.Clusters;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Clusters;

/// <summary>The system contract as Phala's clients know it: selectors, arguments, results.</summary>
public sealed class SystemContractTests
{
    private static readonly AccountId Alice = ClusterWorld.Account("alice"), Bob = ClusterWorld.Account("bob");
    private static readonly byte[] AliceBytes = Alice.AsSpan().ToArray(), BobBytes = Bob.AsSpan().ToArray(), Denied = [0, 1, 0];
    private readonly ClusterWorld _world = new ClusterWorld().Begin();

    [Fact]
    public void Owner_version_and_balances_are_told_to_anybody()
    {
        Assert.Equal([0, .. ClusterWorld.Owner.AsSpan()], Ask(Alice, 0xfeaea4fa));
        Assert.Equal([0, 1, 0, 0, 0, 0, 0], Ask(Alice, 0x87c98a8d));
        _world.Apply(ClusterWorld.Deposit(Bob, 300));
        byte[] balance = [0, 44, 1, .. new byte[14]];
        Assert.All((uint[])[0x5a98f226, 0x8a0d40d7], selector => Assert.Equal(balance, Ask(Alice, selector, BobBytes)));
        Assert.Equal([0, 1, .. NativeCode.Vault.AsSpan()], Ask(Alice, 0x916fdb44, ClusterWorld.Vault.AsSpan().ToArray()));
        Assert.Equal([0, 0], Ask(Alice, 0x916fdb44, AliceBytes));
    }

    [Fact]
    public void The_owner_makes_administrators_and_nobody_else_does()
    {
        Assert.Equal([0, 0], Ask(Bob, 0xf06f050a, AliceBytes));
        Assert.Equal(Denied, Ask(Alice, 0x67612061, AliceBytes));
        Apply(Alice, 0x67612061, AliceBytes);
        Assert.Equal([0, 0], Ask(Bob, 0xf06f050a, AliceBytes));
        EntryResult result = Apply(ClusterWorld.Owner, 0x67612061, AliceBytes);
        Assert.Equal<byte>([1, .. AliceBytes], Assert.Single(result.Events).Data.ToArray());
        Assert.Equal([0, 1], Ask(Bob, 0xf06f050a, AliceBytes));
        Assert.Equal(Denied, Ask(Alice, 0x67612061, BobBytes));
    }

    [Fact]
    public void Drivers_are_set_by_who_may_and_remembered()
    {
        byte[] name = ClusterWorld.Text("PinkLogger");
        Assert.All((uint[])[0x2740cf0a, 0xc0f28223, 0xd519dbec], selector => Assert.Equal([0, 0], Ask(Bob, selector, name)));
        Assert.Equal(Denied, Ask(Bob, 0xaa1e2030, name, BobBytes));
        Apply(Bob, 0xaa1e2030, name, BobBytes);
        Assert.Equal([0, 0], Ask(Bob, 0x2740cf0a, name));
        Apply(ClusterWorld.Owner, 0x67612061, AliceBytes);
        byte[] first = Block(), second = Block(1);
        EntryResult result = Apply(Alice, 0xaa1e2030, name, BobBytes);
        Assert.Equal<byte>([0, .. name, 0, .. BobBytes], result.Events[^1].Data.ToArray());
        Assert.Equal([0, 1, .. BobBytes], Ask(Bob, 0x2740cf0a, name));
        Assert.Equal([0, 1, 0], Ask(Bob, 0xd519dbec, name));
        result = Apply(ClusterWorld.Owner, 0xaa1e2030, name, AliceBytes);
        Assert.Equal<byte>([0, .. name, 1, .. BobBytes, .. AliceBytes], result.Events[^1].Data.ToArray());
        Assert.Equal([0, 1, .. second, .. AliceBytes], Ask(Bob, 0xc0f28223, name));
        Assert.Equal([0, 1, 4, .. first, .. BobBytes], Ask(Bob, 0xd519dbec, name));
        Hash256 before = _world.State.Root;
        Assert.Empty(Apply(ClusterWorld.Owner, 0xaa1e2030, name, AliceBytes).Events);
        Assert.Equal(before, _world.State.Root);
    }

    [Fact]
    public void Contracts_have_the_weight_that_an_administrator_gives_them()
    {
        byte[] contract = ClusterWorld.Vault.AsSpan().ToArray();
        Assert.Equal(Denied, Ask(Bob, 0x45ec9b18, contract, [7, 0, 0, 0]));
        Assert.Equal(1u, _world.View().WeightOf(ClusterWorld.Vault));
        Apply(ClusterWorld.Owner, 0x45ec9b18, contract, [7, 0, 0, 0]);
        Assert.Equal((7u, 1u), (_world.View().WeightOf(ClusterWorld.Vault), _world.View().WeightOf(ClusterWorld.System)));
        Assert.Equal(1u, new ClusterWorld().View().WeightOf(ClusterWorld.Vault));
    }

    [Fact]
    public void Deposits_of_contracts_are_the_chains_to_change()
    {
        byte[] arguments = [.. AliceBytes, .. new byte[16]];
        Assert.Equal([0, 1, 2], Ask(Bob, 0xa24bcb44, arguments));
        AccountId system = new(ClusterWorld.System.AsSpan());
        Assert.Equal([0, 0], Ask(system, 0xa24bcb44, arguments));
        Apply(ClusterWorld.Owner, 0xaa1e2030, ClusterWorld.Text("ContractDeposit"), ClusterWorld.Genesis.AsSpan().ToArray());
        Assert.Equal([0, 1, 0, .. ClusterWorld.Text("ContractNotFound")], Ask(system, 0xa24bcb44, arguments));
        Apply(ClusterWorld.Owner, 0xaa1e2030, ClusterWorld.Text("ContractDeposit"), ClusterWorld.Vault.AsSpan().ToArray());
        Assert.Equal([0, 1, 0, .. ClusterWorld.Text("Reverted")], Ask(system, 0xa24bcb44, arguments));
    }

    [Theory]
    [InlineData(0xfeaea4fau)]
    [InlineData(0x87c98a8du)]
    [InlineData(0x67612061u)]
    [InlineData(0xf06f050au)]
    [InlineData(0xaa1e2030u)]
    [InlineData(0x2740cf0au)]
    [InlineData(0x45ec9b18u)]
    [InlineData(0x5a98f226u)]
    [InlineData(0x6fc58436u)]
    [InlineData(0x916fdb44u)]
    [InlineData(0xa24bcb44u)]
    [InlineData(0x352c6b5cu)]
    [InlineData(0xaf69ca03u)]
    [InlineData(0x667e0041u)]
    [InlineData(0x317f6bf3u)]
    [InlineData(0xed4b9d1bu)]
    [InlineData(0u)]
    public void Arguments_that_are_none_revert_as_ink_contracts_do(uint selector)
    {
        Assert.Equal([1, 1], Ask(ClusterWorld.Owner, selector, [255]));
        Assert.Equal([1, 1], Ask(ClusterWorld.Owner, selector, new byte[100]));
    }

    [Fact]
    public void Names_of_messages_have_their_selectors()
    {
        Assert.Equal(SystemContract.Owner, Ink.Selector("owner"));
        Assert.Equal(SystemContract.Default, Ink.Selector("default"));
        Assert.Equal(0x9bae9d5eu, Ink.Selector("new"));
        Assert.Equal(SystemContract.GetDriver, Ink.Selector("pink_system::System::get_driver"));
        Assert.Equal(SystemContract.SetHook, Ink.Selector("pink_system::System::set_hook"));
        Assert.Equal(SystemContract.UpgradeSystemContract, Ink.Selector("pink_system::System::upgrade_system_contract"));
        Assert.Equal(SystemContract.DoUpgrade, Ink.Selector("pink_system::System::do_upgrade"));
        Assert.Equal(SystemContract.UpgradeRuntime, Ink.Selector("pink_system::System::upgrade_runtime"));
    }

    private byte[] Block(int ahead = 0) => BitConverter.GetBytes((uint)((_world.Now / ClusterWorld.EntryTime) + (ulong)ahead) % 1_000_000);

    private EntryResult Apply(AccountId sender, uint selector, params byte[][] arguments) => _world.Apply(ClusterWorld.Plain(sender, ClusterWorld.System, ClusterWorld.Call(selector, arguments)));

    private byte[] Ask(AccountId caller, uint selector, params byte[][] arguments) => VaultTests.Ask(_world, caller, ClusterWorld.System, ClusterWorld.Call(selector, arguments));
}
