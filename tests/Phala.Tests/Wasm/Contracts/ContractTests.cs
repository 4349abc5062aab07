using System.Buffers.Binary;
using Phala.Testing;
using Phala.Wasm;
using Xunit;

namespace Phala.Tests.Wasm.Contracts;

/// <summary>Modules as tool chains for contracts emit them; their sources and <c>build.sh</c> lie beside this file.</summary>
public sealed class ContractTests
{
    private const byte Alice = 0xA1, Bob = 0xB0, Carol = 0xC0;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheLedgerThatClangCompiledMovesBalancesWhereFloatsAreForbidden(bool optimize)
    {
        ContractHost ledger = new(Load("ledger.wasm", optimize, allowFloats: false));
        Assert.True(ledger.Call("deploy", Alice, Number(1_000)).IsCompleted);
        Assert.True(ledger.Call("call", Alice, [1, .. Account(Bob), .. Number(300)]).IsCompleted);
        Assert.True(ledger.Call("call", Bob, [1, .. Account(Carol), .. Number(120)]).IsCompleted);
        Assert.Equal((700ul, 180ul, 120ul), (Balance(ledger, Alice), Balance(ledger, Bob), Balance(ledger, Carol)));

        CallResult refused = ledger.Call("call", Carol, [1, .. Account(Bob), .. Number(121)]);
        Assert.Equal((CallOutcome.HostFailed, 1), (refused.Outcome, refused.HostError));
        CallResult malformed = ledger.Call("call", Carol, [9]);
        Assert.Equal((CallOutcome.HostFailed, 2), (malformed.Outcome, malformed.HostError));
        Assert.True(ledger.Call("call", Bob, [2]).IsCompleted);
        Assert.Equal(1_000ul, BinaryPrimitives.ReadUInt64LittleEndian(ledger.Output));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ThePollThatAssemblyScriptCompiledCountsVotes(bool optimize)
    {
        ContractHost poll = new(Load("poll.wasm", optimize));
        Assert.True(poll.Call("deploy", Alice, "tea,coffee,maté").IsCompleted);
        foreach ((byte voter, string option) in new[] { (Alice, "tea"), (Bob, "maté"), (Carol, "maté"), (Alice, "coffee") })
        {
            Assert.True(poll.Call("call", voter, $"vote {option}").IsCompleted);
        }

        Assert.True(poll.Call("call", Bob, "tally").IsCompleted);
        Assert.Equal("maté:2,coffee:1,tea:0", poll.OutputText);
        Assert.True(poll.Call("call", Bob, "share maté").IsCompleted);
        Assert.Equal("66.7", poll.OutputText);
        CallResult refused = poll.Call("call", Bob, "vote water");
        Assert.Equal((CallOutcome.HostFailed, 1), (refused.Outcome, refused.HostError));
    }

    [Fact]
    public void FuelOfContractsDoesNotDependOnOptimization()
    {
        long[] used = [.. new[] { true, false }.Select(optimize =>
        {
            ContractHost poll = new(Load("poll.wasm", optimize));
            poll.Call("deploy", Alice, "yes,no");
            poll.Call("call", Alice, "vote no");
            poll.Call("call", Alice, "tally");
            Assert.Equal("no:1,yes:0", poll.OutputText);
            return poll.FuelUsed;
        })];
        Assert.Equal(used[0], used[1]);
    }

    private static Module Load(string file, bool optimize, bool allowFloats = true)
    {
        byte[] bytes = File.ReadAllBytes(Repository.Path($"tests/Phala.Tests/Wasm/Contracts/{file}"));
        Assert.True(Module.TryLoad(bytes, new ModuleSettings { Optimize = optimize, AllowFloats = allowFloats }, out Module? module, out ModuleError error), error.ToString());
        return module!;
    }

    private static ulong Balance(ContractHost ledger, byte account)
    {
        Assert.True(ledger.Call("call", account, [0, .. Account(account)]).IsCompleted);
        return BinaryPrimitives.ReadUInt64LittleEndian(ledger.Output);
    }

    private static byte[] Account(byte account) => [.. Enumerable.Repeat(account, 32)];

    private static byte[] Number(ulong number)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        return bytes;
    }
}
