using Phala.Clusters;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters.Wasm.Attacks;

/// <summary>Contracts that reach beyond their memory, their table, their stack, and the time of a query.</summary>
public sealed class SandboxAttackTests
{
    private const int Key = 0x100, Account = 0x300, Code = 0x340, Zeros = 0x200, Salt = 0x380, Data = 0x1000;

    private readonly ProbeWorld _world = new();

    /// <summary>What lies within is there, so that what follows is refused for where it lies.</summary>
    [Theory]
    [InlineData(nameof(Reach.Load), ProwlerContract.MemoryEnd - 4, 0, false)]
    [InlineData(nameof(Reach.Load), ProwlerContract.GrownEnd - 4, 0, true)]
    [InlineData(nameof(Reach.Store), ProwlerContract.MemoryEnd - 4, 0, false)]
    [InlineData(nameof(Reach.Copy), ProwlerContract.MemoryEnd - 16, 16, false)]
    [InlineData(nameof(Reach.Fill), ProwlerContract.GrownEnd - 16, 16, true)]
    [InlineData(nameof(Reach.CallIndirect), 0, 0, false)]
    [InlineData(nameof(Reach.Return), ProwlerContract.MemoryEnd - 16, 16, false)]
    [InlineData(nameof(Reach.Return), ProwlerContract.GrownEnd - 16, 16, true)]
    [InlineData(nameof(Reach.Caller), ProwlerContract.MemoryEnd - 32, 0, false)]
    [InlineData(nameof(Reach.Hash), ProwlerContract.MemoryEnd - 32, 32, false)]
    [InlineData(nameof(Reach.Grow), 2, 0, false)]
    public void What_is_a_contracts_own_it_reaches(string reach, uint a, uint b, bool grows) => Assert.Equal(OutcomeStatus.Succeeded, Prowl(reach, a, b, grows).Status);

    [Theory]
    [InlineData(nameof(Reach.Load), ProwlerContract.MemoryEnd - 3, 0, false)]
    [InlineData(nameof(Reach.Load), ProwlerContract.MemoryEnd, 0, false)]
    [InlineData(nameof(Reach.Load), ProwlerContract.MemoryEnd + 64, 0, false)]
    [InlineData(nameof(Reach.Load), ProwlerContract.GrownEnd, 0, true)]
    [InlineData(nameof(Reach.Load), uint.MaxValue, 0, false)]
    [InlineData(nameof(Reach.Store), ProwlerContract.GrownEnd, 0, true)]
    [InlineData(nameof(Reach.Store), ProwlerContract.MemoryEnd - 3, 0, false)]
    [InlineData(nameof(Reach.Copy), ProwlerContract.GrownEnd, 16, true)]
    [InlineData(nameof(Reach.Copy), ProwlerContract.MemoryEnd - 16, 17, false)]
    [InlineData(nameof(Reach.Copy), 0x400, uint.MaxValue, false)]
    [InlineData(nameof(Reach.Fill), ProwlerContract.GrownEnd, 16, true)]
    [InlineData(nameof(Reach.Fill), uint.MaxValue, 2, false)]
    public void Its_instructions_stay_within_its_memory(string reach, uint a, uint b, bool grows) => Assert.Equal(OutcomeStatus.Trapped, Prowl(reach, a, b, grows).Status);

    /// <summary>After a page more the array behind a memory is longer than the memory.</summary>
    [Theory]
    [InlineData(nameof(Reach.Return), ProwlerContract.GrownEnd, 16, true)]
    [InlineData(nameof(Reach.Return), ProwlerContract.MemoryEnd - 16, 17, false)]
    [InlineData(nameof(Reach.Return), 0x400, uint.MaxValue, false)]
    [InlineData(nameof(Reach.Return), uint.MaxValue, 1, false)]
    [InlineData(nameof(Reach.Caller), ProwlerContract.GrownEnd, 0, true)]
    [InlineData(nameof(Reach.Caller), ProwlerContract.MemoryEnd - 31, 0, false)]
    [InlineData(nameof(Reach.Hash), ProwlerContract.GrownEnd - 1, 2, true)]
    [InlineData(nameof(Reach.Hash), uint.MaxValue - 15, 32, false)]
    public void The_host_neither_reads_nor_writes_beyond_it_for_it(string reach, uint a, uint b, bool grows) => Assert.Equal(OutcomeStatus.Trapped, Prowl(reach, a, b, grows).Status);

    /// <summary>Where it says that it has room for four bytes, and is to be given more.</summary>
    [Theory]
    [InlineData("caller")]
    [InlineData("balance")]
    [InlineData("now")]
    [InlineData("input")]
    [InlineData("own_code_hash")]
    public void An_output_has_room_or_there_is_none(string function)
    {
        Assert.Equal(OutcomeStatus.Trapped, _world.Run(new ProbeScript().Ask("seal0", function, 4).End()).Status);
        Assert.Equal(OutcomeStatus.Succeeded, _world.Run(new ProbeScript().Ask("seal0", function, 64).End()).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public void It_calls_no_function_that_is_not_in_its_table_or_is_another_kind(int number) => Assert.Equal(OutcomeStatus.Trapped, Prowl(nameof(Reach.CallIndirect), (uint)number, 0, false).Status);

    [Fact]
    public void It_calls_itself_until_its_stack_ends_and_not_the_workers() => Assert.Equal(OutcomeStatus.Trapped, Prowl(nameof(Reach.Deeper), 0, 0, false).Status);

    [Fact]
    public void It_is_given_no_more_memory_than_its_module_says()
    {
        foreach (uint pages in (uint[])[3, 64, 65_536, uint.MaxValue]) Assert.Equal(-1, BitConverter.ToInt32(Prowl(nameof(Reach.Grow), pages, 0, false).Output.AsSpan()));
    }

    /// <summary>All that changes something is done in a query, which sees it; the next, and the state, do not.</summary>
    [Fact]
    public void What_a_query_writes_the_next_does_not_find()
    {
        Phala.Trie.Hash256 before = _world.World.State.Root;
        ClusterView view = _world.World.View();
        byte[] find = new ProbeScript().Write(Key, 7).Call("seal1", "contains_storage", Key, 1).Ask("seal0", "balance", 16).Ask("seal0", "own_code_hash", 32).End();
        byte[] untouched = Ask(view, find);
        byte[] write = new ProbeScript().Write(Key, 7).Call("seal2", "set_storage", Key, 1, Key, 1).Write(Code, ProbeContract.CodeHash.AsSpan()).Write(Zeros, new byte[16]).Write(Salt, 9).Write(Data, 0)
            .Call("seal1", "instantiate", Code, 0, Zeros, Data, 1, -1, 0, -1, 0, Salt, 1).Call("seal1", "contains_storage", Key, 1).End();
        byte[] wrote = Ask(view, write, transfer: 10);
        Assert.Equal((-1, 0, 1), (BitConverter.ToInt64(wrote), BitConverter.ToInt64(wrote, 8), BitConverter.ToInt64(wrote, 16)));
        Assert.Equal(Convert.ToHexString(untouched), Convert.ToHexString(Ask(view, find)));
        Assert.Equal(0, BitConverter.ToInt64(Ask(view, write, transfer: 10), 8));
        Ask(view, new ProbeScript().Write(Account, ProbeWorld.Alice.AsSpan()).Call("seal1", "terminate", Account).End());
        Assert.Equal(Convert.ToHexString(untouched), Convert.ToHexString(Ask(view, find)));
        Assert.Equal((before, before), (view.State.Root, _world.World.State.Root));
    }

    private static byte[] Ask(ClusterView view, byte[] script, ulong transfer = 0)
    {
        QueryOutcome outcome = view.Ask(ProbeWorld.First, new InkQueryData.InkMessage(Vec.Create<byte>(script), transfer, transfer, false), ProbeWorld.Alice, ProbeWorld.Gas).Outcome;
        ContractExecResult result = Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(outcome).Data.AsSpan()).Value!;
        Assert.True(result.Result.TryGet(out ExecReturnValue? value, out DispatchError error), error.ToString());
        return value.Data.ToArray();
    }

    /// <summary>What becomes of it; whatever that is, the contracts beside it go on.</summary>
    private Outcome Prowl(string reach, uint a, uint b, bool grows)
    {
        if (!_world.World.View().HasContract(ProwlerContract.Id)) ProwlerContract.Deploy(_world);
        Outcome outcome = _world.Run(out EntryResult result, ProwlerContract.Input(Enum.Parse<Reach>(reach), a, b, grows), ProwlerContract.Id);
        Assert.Null(result.Fault);
        Assert.Equal(1, BitConverter.ToInt64(_world.Give(new ProbeScript().Call("seal0", "caller_is_origin").End())));
        return outcome;
    }
}
