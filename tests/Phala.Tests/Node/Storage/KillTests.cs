using System.Globalization;
using System.Reflection;
using Phala.Node.Storage;
using Phala.Node.Storage.Files;
using Phala.StorageLoad;
using Phala.Trie;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Node.Storage;

/// <summary>Processes that end in the middle of their work.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    /// <summary>The long run: <c>PHALA_KILLS=200</c>.</summary>
    [Fact]
    public void WhatWasAcknowledgedIsThereAfterEveryKill()
    {
        int kills = int.Parse(Environment.GetEnvironmentVariable("PHALA_KILLS") ?? "15", CultureInfo.InvariantCulture), inCommit = 0;
        Random random = new(kills);
        uint last = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            using LoadProcess process = new(_directory.Path, int.MaxValue);
            process.ReadUntil("import", 1 + random.Next(120));
            Thread.Sleep(random.Next(3));
            process.Kill();
            bool isInCommit = process.Lines[^1].Contains("ing ", StringComparison.Ordinal);
            if (isInCommit) inCommit++;
            uint imported = Math.Max(last, Last(process.Lines, "imported ")), finalized = Last(process.Lines, "finalized ");
            using ChainStore store = Open();
            output.WriteLine($"kill {kill}: last said '{process.Lines[^1]}'; found best {store.Best.Number}, finalized {store.Finalized.Number}");
            Assert.InRange(store.Best.Number, imported, imported + 1);
            Assert.True(store.Finalized.Number >= finalized, "a finalized block is gone");
            AssertWhole(store);
            last = store.Best.Number;
        }

        output.WriteLine($"{kills} kills, {inCommit} inside a commit, {last} blocks");
        Assert.True(inCommit * 3 >= kills, $"only {inCommit} of {kills} kills fell inside a commit");
    }

    [Fact]
    public void ASecondProcessIsRefused()
    {
        using ChainStore store = Open();
        using LoadProcess process = new(_directory.Path, 1);
        Assert.Equal(1, process.ReadToEnd());
        Assert.Equal(["refused Locked"], process.Lines);
        Assert.False(ChainStore.TryOpen(new DiskFileSystem(), _directory.Path, null, LoadChain.Options, out _, out StorageFailure? failure));
        Assert.Equal(StorageError.Locked, failure!.Error);
    }

    [Theory]
    [InlineData("storage.commit.before:30")]
    [InlineData("storage.commit.after:30")]
    [InlineData("storage.checkpoint.before:2")]
    [InlineData("storage.checkpoint.after:2")]
    [InlineData("storage.snapshot.written:2")]
    [InlineData("storage.snapshot.renamed:2")]
    [InlineData("storage.snapshot.deleted:1")]
    public void CrashPointsEndTheProcessInDebugBuildsOnly(string point)
    {
        bool isRelease = typeof(ChainStore).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration == "Release";
        using LoadProcess process = new(_directory.Path, isRelease ? 60 : 2000, point);
        int code = process.ReadToEnd();
        Assert.Equal(isRelease, code == 0);
        using ChainStore store = Open();
        Assert.InRange(store.Best.Number, Last(process.Lines, "imported "), Last(process.Lines, "imported ") + 1);
        AssertWhole(store);
    }

    private static uint Last(IEnumerable<string> lines, string beginning) =>
        lines.Where(line => line.StartsWith(beginning, StringComparison.Ordinal)).Select(line => uint.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)).LastOrDefault();

    private ChainStore Open()
    {
        Assert.True(ChainStore.TryOpenOrCreate(new DiskFileSystem(), _directory.Path, LoadChain.Genesis, LoadChain.Options, out ChainStore? store, out StorageFailure? failure), failure?.ToString());
        return store;
    }

    private static void AssertWhole(ChainStore store)
    {
        Assert.Empty(store.Check());
        Assert.Empty(store.DamagedSnapshots);
        Assert.Equal(StateLookup.Found, store.StateAt(store.Best.Hash, out StateSnapshot? _));
        for (uint number = 0; number <= store.Best.Number; number++)
        {
            Assert.True(store.TryGetHash(number, out Hash256 hash) && store.TryGetBody(hash, out byte[][]? body) && body![0][0] == (byte)number, $"block {number}");
        }
    }
}
