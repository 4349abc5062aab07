using Phala.Chain;
using Phala.Clusters.Execution;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Queries;
using Xunit;

namespace Phala.Tests.Clusters;

public sealed class ClusterViewTests
{
    private const byte ContractsPallet = 4;

    private static readonly AccountId Alice = ClusterWorld.Account("alice");
    private static readonly Hash256 Contract = TestContract.Instance();

    [Theory]
    [InlineData(TestContract.Trap, 11)]
    [InlineData(TestContract.Burn, 2)]
    [InlineData(TestContract.LongKey, 10)]
    [InlineData(TestContract.LongValue, 12)]
    public void Failures_have_the_numbers_that_clients_know(byte call, byte error)
    {
        ContractExecResult result = Ask(TestContract.World(), Alice, [call], gas: 10_000_000_000);
        Assert.False(result.Result.TryGet(out _, out DispatchError failure));
        Assert.Equal(DispatchError.Module(ContractsPallet, error), failure);
    }

    [Fact]
    public void A_query_lasts_as_long_as_its_gas()
    {
        ClusterWorld world = TestContract.World();
        QueryRun run = world.View().Ask(Contract, new InkQueryData.InkMessage([TestContract.Burn], 0, 0, false), Alice, 123_000_000);
        Assert.Equal(123_000_000ul, run.Gas);
        run = world.View().Ask(Contract, new InkQueryData.InkMessage([TestContract.Burn], 0, 0, true), Alice, ulong.MaxValue);
        Assert.Equal(2_500_000_000_000ul, run.Gas);
    }

    [Fact]
    public void Figures_are_coarse_and_flags_say_what_is_undone()
    {
        ClusterWorld world = TestContract.World(perItem: 100, perByte: 10);
        ContractExecResult result = Ask(world, Alice, [TestContract.Set, 1, 2]);
        Assert.Equal((0x0ffffffful, 0ul), (result.GasConsumed.RefTime, result.GasConsumed.ProofSize));
        Assert.Equal(new StorageDeposit.Charge(4095), result.StorageDeposit);
        Assert.True(result.Result.TryGet(out ExecReturnValue? value, out _) && !value.IsReverted);
        Assert.True(Ask(world, Alice, [TestContract.SetAndRevert, 1]).Result.TryGet(out value, out _) && value.IsReverted);
        world.Apply(ClusterWorld.Deposit(Alice, 10_000), ClusterWorld.Plain(Alice, Contract, [TestContract.Set, 1, .. new byte[500]]));
        Assert.IsType<StorageDeposit.Refund>(Ask(world, Alice, [TestContract.RemoveKey, 1]).StorageDeposit);
    }

    [Fact]
    public void What_a_query_does_is_dropped()
    {
        ClusterWorld world = TestContract.World();
        Hash256 before = world.State.Root;
        ClusterView view = world.View();
        for (int count = 0; count < 3; count++) view.Ask(Contract, new InkQueryData.InkMessage([TestContract.Set, 1, 2], 50, 40, false), Alice, ulong.MaxValue);
        Assert.Equal(before, view.State.Root);
        Assert.Equal(before, world.State.Root);
        world.Apply(ClusterWorld.Plain(Alice, Contract, [TestContract.Set, 1, 2]));
        Assert.Equal(before, view.State.Root);
        Assert.NotEqual(before, world.State.Root);
    }

    [Fact]
    public void Tokens_that_a_query_supposes_are_there_while_it_runs()
    {
        ClusterWorld world = TestContract.World();
        InkQueryData.InkMessage message = new([TestContract.Pay, .. ClusterWorld.Owner.AsSpan(), 40], 50, 40, false);
        Assert.Equal([1], Read(world, message));
        Assert.Equal([0], Read(world, message with { Transfer = 39 }));
        Assert.Equal(DispatchError.Module(ContractsPallet, 4), Error(world, message with { Transfer = 51 }));
        Assert.Equal(DispatchError.Module(ContractsPallet, 4), Error(world, message with { Deposit = UInt128.MaxValue }));
    }

    [Fact]
    public void A_constructor_is_estimated()
    {
        ClusterWorld world = TestContract.World();
        AccountId expected = new(ContractId.Of(Alice, TestContract.Code, ClusterWorld.Id, [9]).AsSpan());
        ContractInstantiateResult result = Make(world, new InkQueryData.InkInstantiate(TestContract.Code, [9], [TestContract.Context], 0, 0));
        Assert.True(result.Result.TryGet(out InstantiateReturnValue? value, out _));
        Assert.Equal((expected, (byte)ExecutionMode.Estimate), (value.AccountId, value.Result.Data[0]));
        Assert.False(Make(world, new InkQueryData.InkInstantiate(ClusterWorld.Genesis, [9], [], 0, 0)).Result.TryGet(out _, out DispatchError error));
        Assert.Equal(DispatchError.Module(ContractsPallet, 8), error);
        world.Apply(ClusterWorld.Instantiate(Alice, TestContract.Code, [9], [TestContract.Echo]));
        Assert.False(Make(world, new InkQueryData.InkInstantiate(TestContract.Code, [9], [TestContract.Echo], 0, 0)).Result.TryGet(out _, out error));
        Assert.Equal(DispatchError.Module(ContractsPallet, 18), error);
        Assert.False(Make(world, new InkQueryData.InkInstantiate(TestContract.Code, [.. new byte[129]], [TestContract.Echo], 0, 0)).Result.TryGet(out _, out _));
    }

    [Fact]
    public void A_contract_that_is_none_is_refused()
    {
        ClusterWorld world = TestContract.World();
        QueryRun run = world.View().Ask(ClusterWorld.Genesis, new InkQueryData.InkMessage([], 0, 0, false), Alice, 1);
        Assert.Equal((new QueryOutcome.Refused(QueryRefusal.UnknownContract), default(Hash256)), (run.Outcome, run.CodeHash));
        Assert.Equal(TestContract.Code, world.View().Ask(Contract, new InkQueryData.InkMessage([], 0, 0, false), null, 1).CodeHash);
    }

    [Fact]
    public async Task Any_number_of_threads_query_one_view_while_entries_are_executed()
    {
        ClusterWorld world = TestContract.World();
        world.Apply(ClusterWorld.Plain(ClusterWorld.Owner, Contract, [TestContract.Set, 1, 42]));
        ClusterView view = world.View();
        byte[] expected = Scale.Encode(view.Ask(Contract, new InkQueryData.InkMessage([TestContract.Set, 1, 9], 1, 1, false), Alice, ulong.MaxValue).Outcome);
        Task<bool>[] queries = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 300).All(_ =>
            Scale.Encode(view.Query(Contract, new InkQueryData.InkMessage([TestContract.Set, 1, 9], 1, 1, false), Alice, ulong.MaxValue).Outcome).AsSpan().SequenceEqual(expected))))];
        for (byte count = 0; count < 50; count++) world.Apply(ClusterWorld.Plain(ClusterWorld.Owner, Contract, [TestContract.Set, 1, count, count]));
        Assert.All(await Task.WhenAll(queries), Assert.True);
    }

    private static ContractExecResult Ask(ClusterWorld world, AccountId caller, byte[] call, ulong gas = ulong.MaxValue) =>
        Decode(world.View().Query(Contract, new InkQueryData.InkMessage(Vec.Create<byte>(call), 0, 0, false), caller, gas));

    private static byte[] Read(ClusterWorld world, InkQueryData.InkMessage message) =>
        Decode(world.View().Query(Contract, message, Alice, ulong.MaxValue)).Result.TryGet(out ExecReturnValue? value, out _) ? value.Data.ToArray() : throw new InvalidOperationException("It failed.");

    private static DispatchError Error(ClusterWorld world, InkQueryData.InkMessage message)
    {
        Assert.False(Decode(world.View().Query(Contract, message, Alice, ulong.MaxValue)).Result.TryGet(out _, out DispatchError error));
        return error;
    }

    private static ContractExecResult Decode(QueryRun run) => Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(run.Outcome).Data.AsSpan()).Value!;

    private static ContractInstantiateResult Make(ClusterWorld world, InkQueryData.InkInstantiate make) =>
        Scale.Decode<ContractInstantiateResult>(Assert.IsType<QueryOutcome.Returned>(world.View().Query(ClusterWorld.System, make, Alice, ulong.MaxValue).Outcome).Data.AsSpan()).Value!;
}
