using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Queries;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>Contracts of WebAssembly: what they can do with the functions of the host, and how they end.</summary>
public sealed class WasmContractTests
{
    private const int Key = 0x100, Value = 0x200, Out = ProbeScript.OutputAt;

    private readonly ProbeWorld _world = new();

    [Fact]
    public void What_is_stored_is_found_again_and_each_kind_of_key_has_its_own_space()
    {
        byte[] key = ClusterWorld.Bytes("key");
        byte[] given = _world.Give(new ProbeScript().Write(Key, key).Write(Value, 1, 2, 3)
            .Call("seal2", "set_storage", Key, 32, Value, 3).Call("seal2", "set_storage", Key, 32, Value, 2).Call("seal1", "set_storage", Key, Value, 1)
            .Call("seal1", "contains_storage", Key, 32).Call("seal0", "contains_storage", Key).Call("seal1", "contains_storage", Key, 31).End());
        Assert.Equal([-1, 3, -1, 2, 1, -1], Numbers(given));
        given = _world.Give(new ProbeScript().Write(Key, key).Ask("seal1", "get_storage", 8, Key, 32).Ask("seal0", "get_storage", 8, Key).Ask("seal0", "take_storage", 8, Key, 32).Ask("seal1", "get_storage", 8, Key, 32)
            .Call("seal0", "clear_storage", Key).Call("seal1", "clear_storage", Key, 32).Ask("seal0", "get_storage", 8, Key).End());
        Assert.Equal("000000000000000002000000" + "0102000000000000", Convert.ToHexStringLower(given.AsSpan(0, 20)));
        Assert.Equal("000000000000000001000000" + "01", Convert.ToHexStringLower(given.AsSpan(20, 13)));
        Assert.Equal(0, BitConverter.ToInt64(given, 40));
        Assert.Equal(3, BitConverter.ToInt64(given, 60));
        Assert.Equal((0, -1), (BitConverter.ToInt64(given, 80), BitConverter.ToInt64(given, 88)));
        Assert.Equal(3, BitConverter.ToInt64(given, 96));
    }

    [Fact]
    public void A_contract_knows_who_calls_it_with_what_and_where_it_is()
    {
        byte[] given = _world.Give(
            new ProbeScript().Ask("seal0", "caller", 32).Ask("seal0", "address", 32).Ask("seal0", "value_transferred", 16).Ask("seal0", "balance", 16).Ask("seal0", "now", 8).Ask("seal0", "block_number", 4)
                .Ask("seal0", "own_code_hash", 32).Call("seal0", "caller_is_origin").Call("seal0", "is_contract", Out).End(),
            transfer: 77);
        Assert.Equal(ProbeWorld.Alice.AsSpan(), given.AsSpan(12, 32));
        Assert.Equal(ProbeWorld.First.AsSpan(), given.AsSpan(56, 32));
        Assert.Equal((77, 77), (given[100], given[128]));
        Assert.Equal(_world.World.State.BlockTime, BitConverter.ToUInt64(given, 156));
        Assert.Equal(_world.World.State.BlockNumber, BitConverter.ToUInt32(given, 176));
        Assert.Equal(ProbeContract.CodeHash.AsSpan(), given.AsSpan(192, 32));
        Assert.Equal([1, 0], Numbers(given.AsSpan(224).ToArray()));
    }

    /// <summary>Entries come when there is something to execute, or long after the last: what time it is does not wait for them.</summary>
    [Fact]
    public void A_query_is_told_the_block_of_the_view_and_not_that_of_the_last_entry()
    {
        byte[] ask = new ProbeScript().Ask("seal0", "now", 8).Ask("seal0", "block_number", 4).End();
        (uint number, ulong time) = (_world.World.State.BlockNumber, _world.World.State.BlockTime);
        Assert.Equal((number, time), Told(_world.World.View()));
        Assert.Equal((number + 7, time + 42_000), Told(_world.World.View().At(number + 7, time + 42_000)));
        Assert.Equal((number, time), Told(_world.World.View().At(number - 1, time - 1)));

        (uint, ulong) Told(ClusterView view)
        {
            QueryOutcome outcome = view.Ask(ProbeWorld.First, new InkQueryData.InkMessage(Vec.Create<byte>(ask), 0, 0, false), ProbeWorld.Alice, ProbeWorld.Gas).Outcome;
            Assert.True(Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(outcome).Data.AsSpan()).Value!.Result.TryGet(out ExecReturnValue? value, out _));
            return (BitConverter.ToUInt32(value.Data.AsSpan()[^4..]), BitConverter.ToUInt64(value.Data.AsSpan()[12..20]));
        }
    }

    [Fact]
    public void Every_ending_is_an_outcome_and_undoes_what_it_should()
    {
        ProbeScript script = new ProbeScript().Write(Key, 9).Call("seal2", "set_storage", Key, 1, Key, 1);
        Hash256 before = _world.World.State.Root;
        (byte[] Script, OutcomeStatus Status)[] endings =
        [
            (script.Trap(), OutcomeStatus.Trapped), (script.Revert(), OutcomeStatus.Reverted), (script.RunForEver(), OutcomeStatus.OutOfGas), ([9], OutcomeStatus.Succeeded), (script.End(), OutcomeStatus.Succeeded),
        ];
        foreach ((byte[] bytes, OutcomeStatus status) in endings)
        {
            Outcome outcome = _world.Run(bytes, gas: 30_000_000_000);
            Assert.Equal(status, outcome.Status);
            Assert.Equal(status == OutcomeStatus.OutOfGas, outcome.Gas == 30_000_000_000);
            Assert.Equal(bytes != endings[^1].Script, Missing());
        }

        bool Missing() => Numbers(_world.Give(new ProbeScript().Write(Key, 9).Call("seal1", "contains_storage", Key, 1).End()))[0] == -1;
    }

    [Fact]
    public void Contracts_call_each_other_and_are_told_how_it_went()
    {
        byte[] store = new ProbeScript().Write(Key, 5).Call("seal2", "set_storage", Key, 1, Key, 1).Ask("seal0", "caller", 32).End();
        byte[] given = _world.Give(Call(ProbeWorld.Second, store).Show(Out - 4, 80).End());
        Assert.Equal(0, BitConverter.ToInt64(given));
        Assert.Equal(52, BitConverter.ToInt32(given, 8));
        Assert.Equal(ProbeWorld.First.AsSpan(), given.AsSpan(12 + 20, 32));
        Assert.Equal(0, Numbers(_world.Give(new ProbeScript().Write(Key, 5).Call("seal1", "contains_storage", Key, 1).End(), ProbeWorld.Second))[0] - 1);

        (long Code, byte[] Callee, Hash256 Who)[] cases =
        [
            (2, new ProbeScript().Revert(), ProbeWorld.Second), (1, new ProbeScript().Trap(), ProbeWorld.Second), (8, [], ClusterWorld.Genesis), (5, [0], ProbeWorld.Second),
        ];
        foreach ((long code, byte[] callee, Hash256 who) in cases)
        {
            given = _world.Give(Call(who, callee, value: code == 5 ? (byte)1 : (byte)0).End());
            Assert.Equal(code, BitConverter.ToInt64(given));
        }

        // With a limit of its own a callee leaves gas to its caller.
        given = _world.Give(Call(ProbeWorld.Second, new ProbeScript().RunForEver(), gas: 10_000_000_000).End());
        Assert.Equal(1, BitConverter.ToInt64(given));
        Assert.Equal(OutcomeStatus.OutOfGas, _world.Run(Call(ProbeWorld.Second, new ProbeScript().RunForEver()).End(), gas: 30_000_000_000).Status);
    }

    [Fact]
    public void A_contract_is_called_inside_of_itself_only_where_it_says_so()
    {
        byte[] back(int flags) => Call(ProbeWorld.Second, Call(ProbeWorld.First, new ProbeScript().Call("seal0", "reentrance_count").End()).Show(Out, 8).End(), flags: flags).Show(Out, 16).End();
        byte[] given = _world.Give(back(8));
        Assert.Equal([0, 0, 1], Numbers(given));
        given = _world.Give(back(0));
        Assert.Equal(1, BitConverter.ToInt64(given));
    }

    [Fact]
    public void Code_is_lent_and_new_contracts_are_made_and_told_of()
    {
        byte[] script = new ProbeScript().Write(Key, 6).Call("seal2", "set_storage", Key, 1, Key, 1).Ask("seal0", "address", 32).End();
        byte[] given = _world.Give(new ProbeScript().Write(0x1000, script).Write(Key, ProbeContract.CodeHash.AsSpan()).Write(Out - 4, BitConverter.GetBytes(100))
            .Call("seal0", "delegate_call", 0, Key, 0x1000, script.Length, Out, Out - 4).Show(Out, 52).End());
        Assert.Equal(0, BitConverter.ToInt64(given));
        Assert.Equal(ProbeWorld.First.AsSpan(), given.AsSpan(8 + 20, 32));
        Assert.Equal(1, Numbers(_world.Give(new ProbeScript().Write(Key, 6).Call("seal1", "contains_storage", Key, 1).End()))[0]);

        byte[] make = new ProbeScript().Write(0x1000, script).Write(Key, ProbeContract.CodeHash.AsSpan()).Write(Value, new byte[16]).Write(0x7000, BitConverter.GetBytes(32)).Write(0x300, 3)
            .Call("seal1", "instantiate", Key, 0, Value, 0x1000, script.Length, 0x7004, 0x7000, -1, 0, 0x300, 1).Show(0x7004, 32).End();
        Outcome outcome = _world.Run(out EntryResult result, make);
        Hash256 made = ContractId.Of(new AccountId(ProbeWorld.First.AsSpan()), ProbeContract.CodeHash, ClusterWorld.Id, [3]);
        Assert.Equal(made.AsSpan(), outcome.Output.AsSpan()[8..]);
        Assert.Equal(new LogRecord(0, LogKind.Instantiated, made), Assert.Single(result.Log));
        Assert.Single(result.Egress);
        Assert.Equal(OutcomeStatus.Trapped, _world.Run(make).Status);
        Assert.Equal(1, Numbers(_world.Give(new ProbeScript().Write(Key, 6).Call("seal1", "contains_storage", Key, 1).End(), made))[0]);
    }

    [Fact]
    public void A_contract_that_ends_leaves_what_it_has_to_somebody()
    {
        _world.Give(new ProbeScript().Write(Key, 5).Call("seal2", "set_storage", Key, 1, Key, 1).End(), ProbeWorld.Second, transfer: 1000);
        Outcome outcome = _world.Run(new ProbeScript().Write(Key, ClusterWorld.Account("heir").AsSpan()).Call("seal1", "terminate", Key).Trap(), ProbeWorld.Second);
        Assert.Equal(OutcomeStatus.Succeeded, outcome.Status);
        Assert.Equal(8, BitConverter.ToInt64(_world.Give(Call(ProbeWorld.Second, [0]).End())));
        _world.World.Apply(ProbeWorld.Instantiate(1));
        Assert.Equal(-1, Numbers(_world.Give(new ProbeScript().Write(Key, 5).Call("seal1", "contains_storage", Key, 1).End(), ProbeWorld.Second))[0]);
    }

    /// <summary>What it did afterwards would be stored by nobody, and what it has would be given away twice.</summary>
    [Fact]
    public void A_contract_does_not_end_within_a_call_of_its_own()
    {
        byte[] end = new ProbeScript().Write(Key, ClusterWorld.Account("heir").AsSpan()).Call("seal1", "terminate", Key).End();
        foreach (byte[] script in (byte[][])[Call(ProbeWorld.First, end, flags: 8).End(), Call(ProbeWorld.Second, Call(ProbeWorld.First, end, flags: 8).End(), flags: 8).Show(Out, 8).End()])
        {
            byte[] given = _world.Give(script, transfer: 1000);
            Assert.Equal(1, BitConverter.ToInt64(given, given.Length - 8));
            Assert.True(_world.World.View().HasContract(ProbeWorld.First));
        }

        ClusterStorage storage = new(_world.World.State.Content);
        Assert.Equal((2000, 0), ((int)storage.BalanceOf(new AccountId(ProbeWorld.First.AsSpan())), (int)storage.BalanceOf(ClusterWorld.Account("heir"))));
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(end).Status);
        Assert.False(_world.World.View().HasContract(ProbeWorld.First));
    }

    [Fact]
    public void A_query_stops_when_it_is_told_to_however_deep_it_is()
    {
        byte[] script = Call(ProbeWorld.Second, new ProbeScript().RunForEver()).End();
        using CancellationTokenSource stop = new();
        ClusterView view = _world.World.View(TestHost.Nothing with { Draw = _ => stop.Cancel() });
        byte[] drawing = Call(ProbeWorld.Second, new ProbeScript().Write(0x600, 4).Call("seal0", "call_chain_extension", 11, 0x600, 1, Out, Out - 4).RunForEver()).End();
        QueryRun run = view.Query(ProbeWorld.First, new InkQueryData.InkMessage(Vec.Create<byte>(drawing), 0, 0, false), ProbeWorld.Alice, ulong.MaxValue, stop.Token);
        Assert.Equal(new QueryOutcome.Refused(QueryRefusal.Timeout), run.Outcome);
        Assert.Equal(new QueryOutcome.Refused(QueryRefusal.Timeout), view.Query(ProbeWorld.First, new InkQueryData.InkMessage(Vec.Create<byte>(script), 0, 0, false), ProbeWorld.Alice, ulong.MaxValue, stop.Token).Outcome);
        Assert.IsType<QueryOutcome.Returned>(view.Ask(ProbeWorld.First, new InkQueryData.InkMessage([0], 0, 0, false), ProbeWorld.Alice, ulong.MaxValue).Outcome);
    }

    [Fact]
    public void Six_calls_may_be_inside_of_each_other_and_the_seventh_ends_its_caller()
    {
        Assert.Equal([0, 0, 0, 0, 0], Deep(5));
        Assert.Equal([0, 0, 0, 0, 1, 0], Deep(6));

        // What each call was told, the outermost first.
        long[] Deep(int calls)
        {
            byte[] script = new ProbeScript().End();
            for (int inside = 0; inside < calls; inside++) script = Call(inside % 2 == 0 ? ProbeWorld.First : ProbeWorld.Second, script, flags: 8).Show(Out, 8 * inside).End();
            return Numbers(_world.Give(script, calls % 2 == 0 ? ProbeWorld.First : ProbeWorld.Second));
        }
    }

    private static ProbeScript Call(Hash256 callee, byte[] input, long gas = 0, int flags = 0, byte value = 0) =>
        new ProbeScript().Write(0x1000, input).Write(Key, callee.AsSpan()).Write(Value, [value, .. new byte[15]]).Write(Out - 4, BitConverter.GetBytes(100))
            .Call("seal1", "call", flags, Key, gas, Value, 0x1000, input.Length, Out, Out - 4);

    private static long[] Numbers(byte[] given) => [.. given.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => BitConverter.ToInt64(chunk))];
}
