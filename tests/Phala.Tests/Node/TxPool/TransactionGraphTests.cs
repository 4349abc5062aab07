using FsCheck;
using FsCheck.Fluent;
using Phala.Node.TxPool;
using Phala.Node.TxPool.Graph;
using Xunit;

namespace Phala.Tests.Node.TxPool;

public sealed class TransactionGraphTests(ITestOutputHelper output)
{
    private static readonly PoolLimits Wide = new(100, 10_000, 100);

    /// <summary>The graph beside the naive pool: the same answers and contents after every step.</summary>
    [Fact]
    public void TheGraphDoesAsTheNaivePoolDoes()
    {
        Dictionary<string, int> met = [];
        Prop.ForAll<int>(seed =>
        {
            Random random = new(seed);
            PoolLimits ready = new(random.Next(3, 12), random.Next(60, 400), random.Next(1, 6)), future = new(random.Next(0, 7), random.Next(30, 200), random.Next(1, 5));
            GraphRun run = new(random, ready, future);
            for (int step = 0; step < 120; step++) run.Step();
            foreach ((string what, int count) in run.Met) met[what] = met.GetValueOrDefault(what) + count;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

        output.WriteLine(string.Join(", ", met.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.All(
            (string[])["None", "AlreadyImported", "NoTagsProvided", "TooLowPriority", "CycleDetected", "ImmediatelyDropped", "RejectedFuture", "included", "included from the future", "displaced by a block", "replaced",
                "lost its foundation", "promoted", "not promoted: TooLowPriority", "not promoted: ImmediatelyDropped", "not promoted: CycleDetected", "ready dropped", "future dropped", "expired",
                "renewed in place", "renewed elsewhere", "refused by the author", "account restored"],
            what => Assert.True(met.GetValueOrDefault(what) > 5, $"{what}: {met.GetValueOrDefault(what)}"));
    }

    [Fact]
    public void ANonceIsReplacedAndWhatBuildsOnItStays()
    {
        TransactionGraph graph = new(Wide, Wide);
        PoolTransaction first = TagSample.Transaction(0, 1, 5, [], [0]), second = TagSample.Transaction(1, 1, 5, [0], [1]), better = TagSample.Transaction(2, 1, 6, [], [0]);
        Assert.Equal(PoolError.None, graph.Import(first).Error);
        Assert.Equal(PoolError.None, graph.Import(second).Error);
        Assert.Equal(new PoolRefusal(PoolError.TooLowPriority, OldPriority: 5, NewPriority: 5), graph.Import(TagSample.Transaction(3, 1, 5, [], [0])));
        Assert.Equal(PoolError.None, graph.Import(better).Error);
        Assert.Equal(2, graph.Index.Ready.Count);
        Assert.Equal([ChangeKind.Ready, ChangeKind.Ready, ChangeKind.Usurped, ChangeKind.Ready], Changes(graph).Select(change => change.Kind));
        Assert.False(graph.Index.TryGet(first.Hash, out _));
    }

    [Fact]
    public void TagsOfOthersAreTakenForThePriceOfAll()
    {
        TransactionGraph graph = new(Wide, Wide);
        graph.Import(TagSample.Transaction(0, 1, 5, [], [0]));
        graph.Import(TagSample.Transaction(1, 2, 6, [], [1]));
        Assert.Equal(new PoolRefusal(PoolError.TooLowPriority, OldPriority: 11, NewPriority: 11), graph.Import(TagSample.Transaction(2, 3, 11, [], [0, 1])));
        Assert.Equal(PoolError.None, graph.Import(TagSample.Transaction(3, 3, 12, [], [0, 1])).Error);
        Assert.Equal(1, graph.Index.Ready.Count);
    }

    [Fact]
    public void PrioritiesTogetherDoNotWrapAround()
    {
        TransactionGraph graph = new(Wide, Wide);
        graph.Import(TagSample.Transaction(0, 1, ulong.MaxValue, [], [0]));
        graph.Import(TagSample.Transaction(1, 2, 6, [], [1]));
        Assert.Equal(new PoolRefusal(PoolError.TooLowPriority, OldPriority: ulong.MaxValue, NewPriority: 9), graph.Import(TagSample.Transaction(2, 3, 9, [], [0, 1])));
    }

    [Fact]
    public void NothingReplacesWhatItBuildsOn()
    {
        TransactionGraph graph = new(Wide, Wide);
        graph.Import(TagSample.Transaction(0, 1, 5, [], [0]));
        graph.Import(TagSample.Transaction(1, 1, 5, [0], [1]));
        Assert.Equal(PoolError.CycleDetected, graph.Import(TagSample.Transaction(2, 2, 50, [1], [0])).Error);
        Assert.Equal(PoolError.CycleDetected, graph.Import(TagSample.Transaction(3, 2, 50, [0], [0, 2])).Error);
        Assert.Equal(2, graph.Index.Ready.Count);
    }

    [Fact]
    public void AFullPoolGivesUpTheLowestPriorityAndOfEqualsTheLatest()
    {
        TransactionGraph graph = new(new PoolLimits(2, 1000, 10), Wide);
        graph.Import(TagSample.Transaction(0, 1, 5, [], [0]));
        graph.Import(TagSample.Transaction(1, 2, 5, [], [1]));
        Assert.Equal(PoolError.ImmediatelyDropped, graph.Import(TagSample.Transaction(2, 3, 5, [], [2])).Error);
        Assert.Equal(PoolError.None, graph.Import(TagSample.Transaction(3, 4, 6, [], [3])).Error);
        Assert.True(graph.IsProvided(TagSample.Tag(0)));
        Assert.False(graph.IsProvided(TagSample.Tag(1)));
    }

    [Fact]
    public void EachLimitHoldsExactly()
    {
        TransactionGraph byBytes = new(new PoolLimits(100, 33, 100), new PoolLimits(100, 22, 100));
        for (int number = 0; number < 3; number++) Assert.Equal(PoolError.None, byBytes.Import(TagSample.Transaction(number, number, 5, [], [number])).Error);
        Assert.Equal(33, byBytes.Index.Ready.Bytes);
        Assert.Equal(PoolError.ImmediatelyDropped, byBytes.Import(TagSample.Transaction(3, 3, 5, [], [3], length: 4)).Error);
        for (int number = 4; number < 6; number++) Assert.Equal(PoolError.None, byBytes.Import(TagSample.Transaction(number, number, 5, [90], [number])).Error);
        Assert.Equal(PoolError.ImmediatelyDropped, byBytes.Import(TagSample.Transaction(6, 6, 5, [90], [6], length: 4)).Error);

        TransactionGraph byAccount = new(new PoolLimits(100, 1000, 2), new PoolLimits(100, 1000, 1));
        for (int number = 0; number < 2; number++) Assert.Equal(PoolError.None, byAccount.Import(TagSample.Transaction(number, 1, 5, [], [number])).Error);
        Assert.Equal(PoolError.ImmediatelyDropped, byAccount.Import(TagSample.Transaction(2, 1, 9, [], [2])).Error);
        Assert.Equal(PoolError.None, byAccount.Import(TagSample.Transaction(3, 1, 9, [], [1])).Error);
        Assert.Equal(PoolError.None, byAccount.Import(TagSample.Transaction(4, 1, 9, [90], [4])).Error);
        Assert.Equal(PoolError.ImmediatelyDropped, byAccount.Import(TagSample.Transaction(5, 1, 9, [90], [5])).Error);
        Assert.Equal(PoolError.None, byAccount.Import(TagSample.Transaction(6, 2, 1, [], [6])).Error);
    }

    [Fact]
    public void ALongChainOfNoncesIsReplacedAtItsEndsInNoTime()
    {
        const int Length = 20_000;
        PoolLimits limits = new(Length, long.MaxValue, Length);
        TransactionGraph graph = new(limits, limits);
        for (int number = 0; number < Length; number++) Assert.Equal(PoolError.None, graph.Import(Chained(number, number, 5)).Error);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (int nonce in (int[])[0, Length / 2, Length - 1]) Assert.Equal(PoolError.None, graph.Import(Chained(Length + nonce, nonce, 6)).Error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 20_000);
        Assert.Equal(Length, graph.Index.Ready.Count);

        static PoolTransaction Chained(int number, int nonce, ulong priority) => TagSample.Wide(number, priority, nonce == 0 ? [] : [nonce - 1], [nonce]);
    }

    private static List<Change> Changes(TransactionGraph graph)
    {
        List<Change> changes = [];
        graph.TakeChanges(changes);
        return changes;
    }
}
