using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Execution;
using Phala.Clusters.Native;
using Phala.Clusters.State;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Clusters;

/// <summary>Messages that are called at the end of each entry.</summary>
public sealed class HookTests
{
    private const ulong Gas = 1_000_000_000;
    private static readonly AccountId Alice = ClusterWorld.Account("alice"), FirstAccount = new(First.AsSpan());
    private static readonly byte[] CountSelector = [TestContract.Count, 1, 0, 0];

    private static Hash256 First => TestContract.Instance(0);

    private static Hash256 Second => TestContract.Instance(1);

    [Fact]
    public void A_hook_is_called_once_at_the_end_of_every_entry()
    {
        ClusterWorld world = TestContract.World();
        Assert.Equal(new LogRecord(0, LogKind.HookSet, First), Assert.Single(world.Apply(Set(First, CountSelector)).Log));
        Assert.Equal(1, Counted(world, First));
        Hash256 before = world.State.Root;
        EntryResult result = world.Apply();
        Assert.Equal((2, true), (Counted(world, First), before != world.State.Root));
        Assert.Empty(result.Report!.Receipts.ToArray());
        Assert.Equal(world.State.Root, result.Report.StateRoot);
        world.Apply(ClusterWorld.Deposit(Alice, 1), ClusterWorld.Plain(Alice, First, [TestContract.Echo]), ClusterWorld.Plain(Alice, First, [TestContract.Echo]));
        Assert.Equal(3, Counted(world, First));
    }

    [Fact]
    public void The_contract_calls_itself_by_the_selector_first_byte_highest()
    {
        ClusterWorld world = new ClusterWorld(codes: new ContractCodes((NativeCode.SystemContract, new SystemContract()), (NativeCode.Vault, new VaultContract()), (TestContract.Code, new CallRecorder()))).Begin();
        world.Apply(ClusterWorld.Instantiate(ClusterWorld.Owner, TestContract.Code, [0], []));
        world.Apply(Set(First, [0xDE, 0xAD, 0xBE, 0xEF]));
        Assert.True(new ClusterStorage(world.State.Content).TryGetStored(First, [0], out ReadOnlySpan<byte> seen));
        Assert.Equal<byte>([0xDE, 0xAD, 0xBE, 0xEF, .. First.AsSpan(), 0], seen.ToArray());
    }

    [Fact]
    public void Hooks_are_called_in_the_order_of_their_registration_and_another_takes_the_place_of_one()
    {
        ClusterWorld world = TestContract.World();
        Hash256[] order = [Second, ClusterWorld.Vault, First];
        world.Apply([.. order.Select(contract => Set(contract, [TestContract.Emit, 0, 0, 0]))]);
        EntryResult result = world.Apply();
        Assert.Equal([Second, First], result.Events.Select(item => item.Contract));
        Assert.Equal([ClusterWorld.Vault], result.Log.Select(record => record.Subject));
        world.Apply(Set(Second, [TestContract.Emit, 9, 9, 9]));
        result = world.Apply();
        Assert.Equal([(Second, 9), (First, 0)], result.Events.Select(item => (item.Contract, (int)item.Data[0])));
        world.Apply(Set(Second, [TestContract.Emit, 9, 9, 9], gas: 0));
        Assert.Equal([First], world.Apply().Events.Select(item => item.Contract));
        world.Apply(Set(Second, [TestContract.Emit, 7, 7, 7]));
        Assert.Equal([First, Second], world.Apply().Events.Select(item => item.Contract));
    }

    [Theory]
    [InlineData(TestContract.Trap)]
    [InlineData(TestContract.SetAndTrap)]
    [InlineData(TestContract.SetAndRevert)]
    [InlineData(TestContract.Burn)]
    [InlineData(TestContract.ManyTopics)]
    public void A_hook_that_fails_changes_nothing_and_the_others_go_on(byte what)
    {
        ClusterWorld world = TestContract.World();
        world.Apply(Set(First, [what, 1, 0, 0]), Set(Second, CountSelector));
        Hash256 before = world.State.Root;
        EntryResult result = world.Apply();
        Assert.Null(result.Fault);
        Assert.Equal(new LogRecord(0, LogKind.HookFailed, First), Assert.Single(result.Log));
        Assert.Equal((2, 0, true), (Counted(world, Second), Counted(world, First), before != world.State.Root));
        Assert.False(new ClusterStorage(world.State.Content).TryGetStored(First, [7], out _));
    }

    [Fact]
    public void A_hook_is_paid_for_by_its_contract_in_advance()
    {
        ClusterWorld world = TestContract.World(gasPrice: 2);
        AccountId treasury = world.Setup.TreasuryAccount;
        world.Apply(Set(First, CountSelector));
        EntryResult result = world.Apply();
        Assert.Equal(new LogRecord(0, LogKind.HookCannotPay, First), Assert.Single(result.Log));
        Assert.Null(result.Report);
        world.Apply(ClusterWorld.Deposit(FirstAccount, 2 * (UInt128)Gas));
        Assert.Equal(1, Counted(world, First));
        UInt128 left = Balance(world, FirstAccount), paid = (2 * (UInt128)Gas) - left;
        Assert.True(left > 0 && paid > 0 && paid % 2 == 0);
        UInt128 collected = Balance(world, treasury);
        Assert.Equal(LogKind.HookCannotPay, Assert.Single(world.Apply().Log).Kind);
        Assert.Equal((1, left, collected), (Counted(world, First), Balance(world, FirstAccount), Balance(world, treasury)));
        world.Apply(ClusterWorld.Deposit(FirstAccount, paid));
        Assert.Equal((2, collected + (2 * (UInt128)Gas) - Balance(world, FirstAccount)), (Counted(world, First), Balance(world, treasury)));
    }

    [Fact]
    public void What_a_hook_stores_its_contract_locks()
    {
        ClusterWorld world = TestContract.World(perItem: 100, perByte: 1);
        world.Apply(Set(First, CountSelector));
        Assert.Equal(LogKind.HookFailed, Assert.Single(world.Apply().Log).Kind);
        Assert.Equal(0, Counted(world, First));
        world.Apply(ClusterWorld.Deposit(FirstAccount, 102));
        Assert.Equal((1, (UInt128)0), (Counted(world, First), Balance(world, FirstAccount)));
    }

    [Fact]
    public void No_entry_is_burdened_with_more_than_it_can_afford()
    {
        ClusterWorld world = TestContract.World();
        for (byte number = 2; number < 12; number++) world.Apply(ClusterWorld.Instantiate(ClusterWorld.Owner, TestContract.Code, [number], [TestContract.Echo]));
        EntryResult result = world.Apply([.. Enumerable.Range(0, 12).Select(number => Set(TestContract.Instance((byte)number), CountSelector, ulong.MaxValue))]);
        Assert.Equal([.. Enumerable.Repeat(LogKind.HookSet, HookExecution.MostHooks), .. Enumerable.Repeat(LogKind.HookRefused, 12 - HookExecution.MostHooks)], result.Log.Select(record => record.Kind));
        Assert.All(new ClusterStorage(world.State.Content).Hooks, hook => Assert.Equal(Fuel.MostOfHook, hook.GasLimit));
        Assert.Equal(HookExecution.MostHooks, Enumerable.Range(0, 12).Sum(number => Counted(world, TestContract.Instance((byte)number))));
        Assert.Equal(LogKind.HookSet, Assert.Single(world.Apply(Set(First, CountSelector)).Log).Kind);
        world.Apply(Set(First, CountSelector, 0));
        Assert.Equal(LogKind.HookSet, Assert.Single(world.Apply(Set(TestContract.Instance(11), CountSelector)).Log).Kind);
        Assert.True(HookExecution.MostHooks * Fuel.MostOfHook < 1_000_000_000_000);
    }

    [Fact]
    public void Only_administrators_set_hooks_and_only_of_contracts_that_there_are()
    {
        ClusterWorld world = TestContract.World();
        Assert.Empty(world.Apply(Set(First, CountSelector, sender: Alice)).Log);
        Assert.Equal(new LogRecord(0, LogKind.HookRefused, ClusterWorld.Genesis), Assert.Single(world.Apply(Set(ClusterWorld.Genesis, CountSelector)).Log));
        Assert.Equal(LogKind.HookRefused, Assert.Single(world.Apply(Set(First, CountSelector, 0)).Log).Kind);
        world.Apply(ClusterWorld.Plain(ClusterWorld.Owner, ClusterWorld.System, [1, .. Ink(0x352c6b5c)[1..]]));
        Assert.Empty(new ClusterStorage(world.State.Content).Hooks.ToArray());
        world.Apply(ClusterWorld.Plain(ClusterWorld.Owner, ClusterWorld.System, ClusterWorld.Call(0x67612061, Alice.AsSpan().ToArray())), Set(First, CountSelector, sender: Alice));
        Assert.Equal(1, Counted(world, First));
    }

    [Fact]
    public void A_fault_of_the_program_in_a_hook_stops_before_the_entry()
    {
        ClusterWorld world = TestContract.World();
        ClusterState before = world.State;
        EntryResult result = world.Apply(ClusterWorld.Plain(Alice, First, [TestContract.Echo]), Set(First, [TestContract.Fault, 0, 0, 0]));
        Assert.Equal(2u, result.Fault!.Index);
        Assert.Same(before, result.State);
    }

    [Fact]
    public void Hooks_end_with_their_cluster()
    {
        ClusterWorld world = TestContract.World();
        world.Apply(Set(First, CountSelector));
        world.Apply(ClusterWorld.Operation(new ClusterOperation.DestroyCluster(ClusterWorld.Id)));
        Assert.Empty(new ClusterStorage(world.State.Content).Hooks.ToArray());
        Assert.Null(world.Apply().Report);
    }

    private static byte[] Ink(uint selector) => ClusterWorld.Call(selector);

    private static Message Set(Hash256 contract, byte[] selector, ulong gas = Gas, AccountId? sender = null) => ClusterWorld.Plain(
        sender ?? ClusterWorld.Owner, ClusterWorld.System, ClusterWorld.Call(0x352c6b5c, [0], contract.AsSpan().ToArray(), [.. selector.AsEnumerable().Reverse()], BitConverter.GetBytes(gas)));

    private static int Counted(ClusterWorld world, Hash256 contract) => new ClusterStorage(world.State.Content).TryGetStored(contract, [1], out ReadOnlySpan<byte> value) ? value[0] : 0;

    private static UInt128 Balance(ClusterWorld world, AccountId account) => new ClusterStorage(world.State.Content).BalanceOf(account);

    /// <summary>Stores what it was called with, by whom, and how.</summary>
    private sealed class CallRecorder : ContractCode
    {
        public override CallResult Construct(CallContext call, ReadOnlySpan<byte> input) => CallResult.Return(default);

        public override CallResult Call(CallContext call, ReadOnlySpan<byte> input)
        {
            call.Set([0], [.. input, .. call.Caller.AsSpan(), (byte)call.Mode]);
            return CallResult.Return(default);
        }
    }
}
