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

/// <summary>Where the limits of the host's functions are, and what is left of a call that failed: nothing.</summary>
public sealed class FailingCallTests
{
    private const int Account = 0x300, Zeros = 0x200, Code = 0x340, Salt = 0x380, Data = 0x1000, Out = ProbeScript.OutputAt;

    private readonly ProbeWorld _world = new(perItem: 10, perByte: 1);

    [Theory]
    [InlineData(128, OutcomeStatus.Succeeded)]
    [InlineData(129, OutcomeStatus.Trapped)]
    public void A_key_has_its_longest_length(int length, OutcomeStatus status) =>
        Assert.Equal(status, _world.Run(new ProbeScript().Call("seal2", "set_storage", Data, length, Data, 1).End()).Status);

    [Theory]
    [InlineData(32, OutcomeStatus.Succeeded)]
    [InlineData(31, OutcomeStatus.Trapped)]
    public void An_output_has_room_or_fails(int room, OutcomeStatus status) => Assert.Equal(status, _world.Run(new ProbeScript().Ask("seal0", "caller", room).End()).Status);

    [Fact]
    public void What_fails_ends_the_run_at_once() =>
        Assert.Equal(OutcomeStatus.Trapped, _world.Run(new ProbeScript().Call("seal2", "set_storage", Data, 129, Data, 1).RunForEver(), gas: 30_000_000_000).Status);

    [Fact]
    public void What_a_contract_does_by_itself_takes_gas()
    {
        ProbeScript script = new ProbeScript().Write(Out - 4, 8).Call("seal0", "gas_left", Out, Out - 4).Call("seal0", "gas_left", Out + 8, Out - 4);
        for (int time = 0; time < 20; time++) script.Write(Data, new byte[100]);
        byte[] given = _world.Give(script.Call("seal0", "gas_left", Out + 16, Out - 4).Show(Out, 24).End());
        (ulong first, ulong second, ulong third) = (BitConverter.ToUInt64(given, given.Length - 24), BitConverter.ToUInt64(given, given.Length - 16), BitConverter.ToUInt64(given, given.Length - 8));
        Assert.True(first > second, "The host's work takes gas.");
        Assert.True(second - third > 2 * (first - second), $"The guest's work takes gas: {second - third} beside {first - second}.");
    }

    [Fact]
    public void A_contract_that_a_failed_call_made_is_neither_there_nor_told_of()
    {
        byte[] make = Make(77).Revert();
        Outcome outcome = _world.Run(out EntryResult result, CallOf(ProbeWorld.Second, make).End());
        Assert.Equal((OutcomeStatus.Succeeded, 2L), (outcome.Status, BitConverter.ToInt64(outcome.Output.AsSpan())));
        Assert.Empty(result.Egress);
        Assert.DoesNotContain(result.Log, line => line.Kind == LogKind.Instantiated);
        Assert.False(new ClusterStorage(_world.World.State.Content).TryGetContract(ContractId.Of(new AccountId(ProbeWorld.Second.AsSpan()), ProbeContract.CodeHash, ClusterWorld.Id, [77]), out _));
    }

    [Fact]
    public void Events_of_a_failed_call_are_not_emitted()
    {
        byte[] emit(bool fails) => fails ? Emit(2).Revert() : Emit(2).End();
        ProbeScript script = Emit(1);
        _world.Run(out EntryResult result, script.Then(CallOf(ProbeWorld.Second, emit(fails: true))).Then(Emit(3)).End());
        Assert.Equal([1, 3], result.Events.Select(each => (int)each.Data[0]));
        _world.Run(out result, Emit(1).Then(CallOf(ProbeWorld.Second, emit(fails: false))).Then(Emit(3)).End());
        Assert.Equal([1, 2, 3], result.Events.Select(each => (int)each.Data[0]));
    }

    [Fact]
    public void A_contract_that_waits_for_its_own_call_does_not_end()
    {
        byte[] end = new ProbeScript().Write(Account, ProbeWorld.Alice.AsSpan()).Call("seal1", "terminate", Account).End();
        Outcome outcome = _world.Run(CallOf(ProbeWorld.Second, CallOf(ProbeWorld.First, end).End(), flags: 8).End());
        Assert.Equal(OutcomeStatus.Succeeded, outcome.Status);
        Assert.True(new ClusterStorage(_world.World.State.Content).TryGetContract(ProbeWorld.First, out _));
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(end).Status);
        Assert.False(new ClusterStorage(_world.World.State.Content).TryGetContract(ProbeWorld.First, out _));
    }

    [Fact]
    public void What_was_locked_for_a_contract_that_ends_is_given_back()
    {
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(new ProbeScript().Call("seal2", "set_storage", Data, 1, Data, 500).End()).Status);
        ClusterStorage before = new(_world.World.State.Content);
        UInt128 locked = before.UsageOf(ProbeWorld.First).Deposit, free = before.BalanceOf(ProbeWorld.Alice);
        Assert.True(locked > 511, "Its record and what it stores.");
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(new ProbeScript().Write(Account, ProbeWorld.Alice.AsSpan()).Call("seal1", "terminate", Account).End()).Status);
        ClusterStorage after = new(_world.World.State.Content);
        Assert.Equal(((UInt128)0, free + locked), (after.UsageOf(ProbeWorld.First).Deposit, after.BalanceOf(ProbeWorld.Alice)));
    }

    /// <summary>What one contract frees within a limited call is there for what another stores within it.</summary>
    [Fact]
    public void What_a_limited_call_frees_pays_for_what_others_store_in_it()
    {
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(new ProbeScript().Write(0x100, 1).Call("seal2", "set_storage", 0x100, 1, Data, 200).End(), ProbeWorld.Second).Status);
        ProbeScript clear = new ProbeScript().Write(0x100, 1).Call("seal1", "clear_storage", 0x100, 1);
        Assert.Equal(OutcomeStatus.Trapped, _world.Run(Limited(Make(77))).Status);
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(Limited(clear.Then(Make(77)))).Status);

        byte[] Limited(ProbeScript script)
        {
            byte[] inner = script.End();
            return new ProbeScript().Write(Data, inner).Write(Account, ProbeWorld.Second.AsSpan()).Write(Zeros, new byte[32]).Call("seal2", "call", 0, Account, 0, 0, Zeros + 16, Zeros, Data, inner.Length, -1, 0).End();
        }
    }

    [Fact]
    public void A_query_that_is_stopped_does_not_run_on()
    {
        using CancellationTokenSource stop = new();
        ClusterView view = _world.World.View(TestHost.Nothing with { Draw = _ => stop.Cancel() });
        byte[] drawing = new ProbeScript().Write(0x600, 4).Write(Out - 4, 100).Call("seal0", "call_chain_extension", 11, 0x600, 1, Out, Out - 4).RunForEver();
        QueryRun run = view.Query(ProbeWorld.First, new InkQueryData.InkMessage(Vec.Create<byte>(drawing), 0, 0, false), ProbeWorld.Alice, ProbeWorld.Gas, stop.Token);
        Assert.Equal(new QueryOutcome.Refused(QueryRefusal.Timeout), run.Outcome);
        Assert.InRange(run.Gas, 1ul, ProbeWorld.Gas / 2);
    }

    private static ProbeScript Make(byte salt) => new ProbeScript().Write(Data, 0).Write(Code, ProbeContract.CodeHash.AsSpan()).Write(Zeros, new byte[16]).Write(Salt, salt)
        .Call("seal1", "instantiate", Code, 0, Zeros, Data, 1, -1, 0, -1, 0, Salt, 1);

    private static ProbeScript Emit(byte mark) => new ProbeScript().Write(Data, mark).Call("seal0", "deposit_event", 0, 0, Data, 1);

    private static ProbeScript CallOf(in Hash256 contract, byte[] input, int flags = 0) =>
        new ProbeScript().Write(Data, input).Write(Account, contract.AsSpan()).Write(Zeros, new byte[16]).Call("seal1", "call", flags, Account, 0, Zeros, Data, input.Length, -1, 0);
}
