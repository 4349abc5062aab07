using Phala.Node.Storage;
using Xunit;

namespace Phala.Tests.Node.Storage;

/// <summary>Random courses of a chain against a naive model of it.</summary>
public sealed class StorageLawTests(ITestOutputHelper output)
{
    private static readonly StorageOptions Archive = new() { StatePruning = null, MaintainInBackground = false, SnapshotBytes = 6000, CheckpointBytes = 150_000 };

    [Theory]
    [InlineData(1, 120)]
    [InlineData(2, 120)]
    [InlineData(3, 120)]
    public void AStoreIsWhatTheModelIsAfterEveryStep(int seed, int length)
    {
        MemoryFileSystem files = new();
        Script script = new(seed, length);
        using ChainStore store = Storages.Create(files, script.Builder.Genesis, Archive);
        for (int step = 0; step < script.Length; step++)
        {
            Assert.True(script.Run(store, step));
            Assert.Equal(Script.Describe(script.Models[step + 1]), Script.Describe(store));
        }

        Assert.Empty(store.Check());
        Assert.True(script.Models[^1].Finalized.Number > 10, "the chain did not grow");
        Assert.Contains(files.Log, line => line.StartsWith("rename", StringComparison.Ordinal));
        output.WriteLine($"{files.Operations} operations, {string.Join(' ', script.Names.GroupBy(name => name).Select(group => $"{group.Key} {group.Count()}"))}");
    }

    [Theory]
    [InlineData(4, 100)]
    [InlineData(5, 100)]
    public void AStoreIsTheSameAfterReopening(int seed, int length)
    {
        MemoryFileSystem files = new();
        Script script = new(seed, length);
        Storages.Create(files, script.Builder.Genesis, Archive).Dispose();
        Random random = new(seed);
        for (int step = 0; step < script.Length;)
        {
            using ChainStore store = Storages.Open(files, script.Builder.Genesis, Archive);
            Assert.Equal(Script.Describe(script.Models[step]), Script.Describe(store));
            for (int end = Math.Min(script.Length, step + 1 + random.Next(10)); step < end; step++) Assert.True(script.Run(store, step));
        }
    }

    [Fact]
    public void APrunedStoreKeepsTheLastStatesAndForgetsOthers()
    {
        const uint kept = 10;
        StorageOptions options = Archive with { StatePruning = kept, BodyPruning = null, SnapshotBytes = 4000 };
        MemoryFileSystem files = new();
        Script script = new(6, 300);
        ChainStore store = Storages.Create(files, script.Builder.Genesis, options);
        long pruned = 0;
        for (int step = 0; step < script.Length; step++)
        {
            Assert.True(script.Run(store, step));
            store.Maintain();
            Assert.Null(store.MaintenanceFailure);
            if (step % 40 == 39)
            {
                store.Dispose();
                store = Storages.Open(files, script.Builder.Genesis, options);
            }

            uint finalized = script.Models[step + 1].Finalized.Number, first = finalized > kept ? finalized - kept : 0;
            IReadOnlyList<string> actual = Script.Comparable(Script.Describe(store));
            Assert.Equal(Script.Comparable(Script.Describe(script.Models[step + 1], first)), actual);
            pruned = Math.Max(pruned, actual.Count(line => line.Contains(" pruned ", StringComparison.Ordinal)));
        }

        Assert.True(pruned > 20, "nothing was pruned");
        Assert.Contains(files.Log, line => line.StartsWith("delete state-", StringComparison.Ordinal));
        Assert.Empty(store.Check());
        store.Dispose();
        Assert.Equal(StorageError.AlreadyPruned, Storages.Refused(files, script.Builder.Genesis.Block.Hash, Archive).Error);
    }
}
