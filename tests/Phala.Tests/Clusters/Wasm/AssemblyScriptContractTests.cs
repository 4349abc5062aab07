using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Execution;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Testing;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>
/// A contract in AssemblyScript, <c>tests/node/contracts/tally.ts</c>, compiled by the published compiler with the options of <c>tests/node/assemblyscript.mjs</c> and run as its authors' contracts are.
/// Nothing of it is the host's own: <c>host.ts</c> beside it declares the functions that it calls as external ones, reads the input and writes the output, which is all that an author needs.
/// </summary>
public sealed class AssemblyScriptContractTests
{
    private const uint Limit = 100;
    private static readonly AccountId Bob = ClusterWorld.Account("bob");
    private static readonly Lazy<byte[]> Compiled = new(static () => Convert.FromBase64String(NodeJs.Run("assemblyscript.mjs", "tally.ts\n")));
    private readonly ProbeWorld _world = new(perItem: 10, perByte: 1);

    private static byte[] Code => Compiled.Value;

    private static Hash256 Tally => ContractId.Of(ClusterWorld.Owner, ProbeContract.HashOf(Code), ClusterWorld.Id, []);

    [Fact]
    public void It_is_made_commanded_and_asked()
    {
        Deploy();
        Assert.Equal([0, 0, 5, 0, 0, 0], Add(ProbeWorld.Alice, 5, out EntryResult result).Output.ToArray());
        ContractEvent told = Assert.Single(result.Events);
        Assert.Equal((Tally, 0), (told.Contract, told.Topics.Length));
        Assert.Equal<byte>([0, .. ProbeWorld.Alice.AsSpan(), 5, 0, 0, 0], told.Data.ToArray());
        _world.World.Apply(ClusterWorld.Deposit(Bob, 10_000));
        Assert.Equal([0, 0, 12, 0, 0, 0], Add(Bob, 7, out _).Output.ToArray());
        Assert.Equal([0, 12, 0, 0, 0], Ask(ProbeWorld.Alice, "total"));
        Assert.Equal([0, 5, 0, 0, 0], Ask(ProbeWorld.Alice, "mine"));
        Assert.Equal([0, 7, 0, 0, 0], Ask(Bob, "mine"));
        Assert.Equal([0, 0, 0, 0, 0], Ask(ClusterWorld.Owner, "mine"));
    }

    [Theory]
    [InlineData(96)]
    [InlineData(uint.MaxValue)]
    public void What_goes_over_its_limit_reverts_and_leaves_nothing(uint by)
    {
        Deploy();
        Assert.Equal(OutcomeStatus.Succeeded, Add(ProbeWorld.Alice, 5, out _).Status);
        StorageUsage usage = Usage();
        Outcome outcome = Add(ProbeWorld.Alice, by, out EntryResult result);
        Assert.Equal(OutcomeStatus.Reverted, outcome.Status);
        Assert.Equal([0, 1, 0], outcome.Output.ToArray());
        Assert.Empty(result.Events);
        Assert.Equal(usage, Usage());
        Assert.Equal([0, 5, 0, 0, 0], Ask(ProbeWorld.Alice, "total"));
    }

    [Fact]
    public void What_it_does_not_understand_traps()
    {
        Deploy();
        byte[][] messages = [[], [1, 2, 3], ClusterWorld.Call("subtract", [1, 0, 0, 0]), ClusterWorld.Call("add", [1, 0, 0]), ClusterWorld.Call("add", [1, 0, 0, 0, 0]), ClusterWorld.Call("total", [0])];
        foreach (byte[] message in messages) Assert.Equal(OutcomeStatus.Trapped, _world.Run(message, Tally).Status);
        Assert.Equal([0, 0, 0, 0, 0], Ask(ProbeWorld.Alice, "total"));
    }

    /// <summary>Its compiler's output needs no more than contracts are given: a module without a start function, with no memory of its own and nothing but what it says in it.</summary>
    [Fact]
    public void Its_module_is_small_and_its_storage_is_paid_for()
    {
        Deploy();
        Assert.InRange(Code.Length, 100, 2000);
        Assert.Equal(OutcomeStatus.Succeeded, Add(ProbeWorld.Alice, 5, out _).Status);

        // Itself, and three numbers: under two keys of one byte and one of 32, each with the mark of its kind before it.
        StorageUsage usage = Usage();
        Assert.Equal((4ul, 96ul + (3 * 4) + 2 + 2 + 33), (usage.Items, usage.Bytes));
        Assert.Equal((10 * (UInt128)usage.Items) + usage.Bytes, usage.Deposit);
    }

    private void Deploy()
    {
        _world.World.Apply(ClusterWorld.Deposit(ClusterWorld.Owner, 1_000_000), ProbeWorld.Upload(Code));
        _world.World.Apply(ClusterWorld.Instantiate(ClusterWorld.Owner, ProbeContract.HashOf(Code), [], ClusterWorld.Call("new", BitConverter.GetBytes(Limit)), ProbeWorld.Gas));
        Assert.True(_world.World.View().HasContract(Tally));
    }

    private StorageUsage Usage() => new ClusterStorage(_world.World.State.Content).UsageOf(Tally);

    private Outcome Add(AccountId sender, uint by, out EntryResult result) => _world.Run(out result, ClusterWorld.Call("add", BitConverter.GetBytes(by)), Tally, sender: sender);

    private byte[] Ask(AccountId caller, string message)
    {
        QueryOutcome outcome = _world.World.View().Ask(Tally, new InkQueryData.InkMessage(Vec.Create<byte>(ClusterWorld.Call(message)), 0, 0, false), caller, ProbeWorld.Gas).Outcome;
        ContractExecResult result = Scale.Decode<ContractExecResult>(Assert.IsType<QueryOutcome.Returned>(outcome).Data.AsSpan()).Value!;
        Assert.True(result.Result.TryGet(out ExecReturnValue? value, out DispatchError error), error.ToString());
        return value.Data.ToArray();
    }
}
