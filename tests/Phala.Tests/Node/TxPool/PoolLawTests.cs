using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Phala.Tests.Node.TxPool;

public sealed class PoolLawTests(ITestOutputHelper output)
{
    /// <summary>Submissions, blocks of the pool's and of others' making, changes of branch and finality, beside accounts whose transactions are kept in dictionaries by nonce.</summary>
    [Fact]
    public void ThePoolHoldsWhatTheChainLeavesOfWhatWasSubmitted()
    {
        Dictionary<string, int> met = [];
        Prop.ForAll<int>(seed =>
        {
            PoolRun run = new(new Random(seed));
            for (int step = 0; step < 60; step++) run.Step();
            run.Finish();
            foreach ((string what, int count) in run.Met) met[what] = met.GetValueOrDefault(what) + count;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

        output.WriteLine(string.Join(", ", met.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.All(
            (string[])["ready", "future", "stale", "replaced", "too low", "authored", "foreign block", "reorganisation", "deep reorganisation", "finalized", "came back", "watched to the end"],
            what => Assert.True(met.GetValueOrDefault(what) > 5, $"{what}: {met.GetValueOrDefault(what)}"));
    }
}
