using System.Buffers.Binary;
using Phala.Node.Storage;
using Phala.Node.Storage.Files;
using Phala.Node.Storage.Snapshots;
using Phala.Node.Storage.Sqlite;
using Phala.Testing;
using Phala.Trie;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Node.Storage;

/// <summary>Files that are not as they were written, and disks without room.</summary>
public sealed class DamageTests(ITestOutputHelper output)
{
    private const string Database = Storages.Directory + "/chain.db", Log = Database + "-wal", Snapshots = Storages.Directory + "/snapshots/";

    private static readonly StorageOptions Archive = new() { StatePruning = null, MaintainInBackground = false, SnapshotBytes = 6000 };

    private readonly Script _script = new(21, 80);

    [Fact]
    public void AnyFlippedBitOfTheDatabaseIsNamedAtTheStart()
    {
        MemoryFileSystem closed = Write(Archive, closes: true);
        Random random = new(1);
        for (int trial = 0; trial < 250; trial++)
        {
            MemoryFileSystem files = closed.AfterKill();
            MemoryFile file = files.Files[Database];
            long offset = trial < 100 ? trial : random.Next(file.Length);
            file.Flip(offset, random.Next(8));
            StorageFailure failure = Storages.Refused(files, null, Archive);
            Assert.Equal(new StorageFailure(StorageError.DamagedPage, $"{Database}, page {(offset / Page.Size) + 1}"), failure);
            Assert.Contains("phala-node purge-chain", failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ADamagedPageOfALongDatabaseIsFoundWhenItIsReadAndNeverBelieved()
    {
        StorageOptions options = Archive with { FullCheckBytes = 0 };
        MemoryFileSystem closed = Write(options, closes: true);
        Random random = new(2);
        int refused = 0, thrown = 0, unread = 0;
        for (int trial = 0; trial < 60; trial++)
        {
            MemoryFileSystem files = closed.AfterKill();
            files.Files[Database].Flip(random.Next(Page.Size, files.Files[Database].Length), random.Next(8));
            if (!ChainStore.TryOpen(files, Storages.Directory, null, options, out ChainStore? store, out StorageFailure? failure))
            {
                Assert.Equal(StorageError.DamagedPage, failure.Error);
                refused++;
                continue;
            }

            using (store)
            {
                try
                {
                    Assert.Equal(Script.Describe(_script.Models[^1]), Script.Describe(store));
                    unread++;
                }
                catch (StorageException wrong)
                {
                    Assert.Equal(StorageError.DamagedPage, wrong.Failure.Error);
                    thrown++;
                }

                Assert.Contains(store.Check(), found => found.Error == StorageError.DamagedPage);
            }
        }

        output.WriteLine($"{refused} refused, {thrown} found later, {unread} in pages that nothing reads");
        Assert.True(refused > 0 && thrown > 0, "the damage did not vary");
    }

    [Fact]
    public void DamageInTheWriteAheadLogNeverLosesABlockSilentlyButTheLast()
    {
        MemoryFileSystem killed = Write(Archive with { CheckpointBytes = long.MaxValue }, closes: false);
        string last = Script.Describe(_script.Models[^1]);
        string before = _script.Models.Select(model => Script.Describe(model)).Last(description => description != last);
        Random random = new(3);
        int named = 0, whole = 0, cut = 0;
        for (int trial = 0; trial < 160; trial++)
        {
            MemoryFileSystem files = killed.AfterKill();
            MemoryFile log = files.Files[Log];
            log.Flip(trial < 32 ? trial : random.Next(log.Length), random.Next(8));
            if (!ChainStore.TryOpen(files, Storages.Directory, null, Archive, out ChainStore? store, out StorageFailure? failure))
            {
                Assert.Equal(StorageError.DamagedLog, failure.Error);
                named++;
                continue;
            }

            using (store)
            {
                string actual = Script.Describe(store);
                if (actual == last) whole++;
                else cut++;
                Assert.True(actual == last || actual == before, "blocks are lost");
            }
        }

        output.WriteLine($"{named} named, {whole} without effect, {cut} cost the last transaction");
        Assert.True(named > 100, "damage was not found");
    }

    [Fact]
    public void ADamagedSnapshotIsPassedOverForAnOlderOne()
    {
        MemoryFileSystem closed = Write(Archive, closes: true);
        string[] names = [.. closed.Files.Keys.Where(path => path.StartsWith(Snapshots, StringComparison.Ordinal)).OrderDescending(StringComparer.Ordinal)];
        Assert.True(names.Length >= 2, "there is one generation only");
        Random random = new(4);
        for (int trial = 0; trial < 60; trial++)
        {
            MemoryFileSystem files = closed.AfterKill();
            int damaged = 1 + (trial % names.Length);
            foreach (string name in names.Take(damaged))
            {
                if (trial % 7 == 0) files.Files[name].SetLength(random.Next(files.Files[name].Length));
                else files.Files[name].Flip(random.Next(files.Files[name].Length), random.Next(8));
            }

            using ChainStore store = Storages.Open(files, _script.Builder.Genesis, Archive);
            Assert.Equal(Script.Describe(_script.Models[^1]), Script.Describe(store));
            Assert.Equal(damaged, store.DamagedSnapshots.Count);
        }
    }

    [Fact]
    public void AWholeSnapshotOfAnotherStateIsPassedOver()
    {
        MemoryFileSystem closed = Write(Archive, closes: true);
        string name = closed.Files.Keys.Last(path => path.StartsWith(Snapshots, StringComparison.Ordinal));
        using (IStorageFile file = closed.Open(name, create: false)!)
        {
            // Checksums and root are right; only the block does not have this state.
            Assert.Equal(SnapshotError.None, SnapshotReader.Read(file, out SnapshotHeader header, out StateSnapshot? state));
            StateSnapshot other = state!.Apply(StateDelta.Create(TrieDelta.Create([TrieChange.Set(new byte[] { 0xFF, 0xFF }, new byte[] { 1 })])));
            file.SetLength(0);
            new SnapshotWriter(file).Write(header with { Root = other.Root }, other);
        }

        using ChainStore store = Storages.Open(closed, _script.Builder.Genesis, Archive);
        Assert.Equal(Script.Describe(_script.Models[^1]), Script.Describe(store));
        Assert.NotEmpty(store.DamagedSnapshots);
    }

    [Fact]
    public void APrunedChainWithoutAGoodSnapshotIsRefused()
    {
        StorageOptions pruned = Archive with { StatePruning = 2, SnapshotBytes = 3000 };
        MemoryFileSystem closed = Write(pruned, closes: true);
        foreach ((string path, MemoryFile file) in closed.Files)
        {
            if (path.StartsWith(Snapshots, StringComparison.Ordinal)) file.Flip(file.Length / 2, 0);
        }

        Assert.Equal(StorageError.StateLost, Storages.Refused(closed, null, pruned).Error);
    }

    [Fact]
    public void AFullDiskRefusesBlocksAndHarmsNothing()
    {
        long used = Write(Archive, closes: true).Used;
        int refusals = 0;
        for (long capacity = 8 * Page.Size; capacity < used; capacity += used / 23)
        {
            MemoryFileSystem files = new() { Capacity = capacity };
            if (!ChainStore.TryCreate(files, Storages.Directory, _script.Builder.Genesis, Archive, out ChainStore? store, out StorageFailure? failure))
            {
                Assert.Equal(StorageError.DiskFull, failure.Error);
                continue;
            }

            int step = 0;
            using (store)
            {
                while (step < _script.Length && _script.Run(store, step)) step++;
                Assert.Equal(Script.Describe(_script.Models[step]), Script.Describe(store));
                files.Capacity = long.MaxValue;
                for (; step < _script.Length; step++) Assert.True(_script.Run(store, step), "with room again it goes on");
                Assert.Equal(Script.Describe(_script.Models[^1]), Script.Describe(store));
                refusals++;
            }

            using ChainStore again = Storages.Open(files, _script.Builder.Genesis, Archive);
            Assert.Equal(Script.Describe(_script.Models[^1]), Script.Describe(again));
        }

        Assert.True(refusals > 5, "the disk was never full");
    }

    [Fact]
    public void AFullDiskIsNamedByTheImport()
    {
        MemoryFileSystem files = new();
        using ChainStore store = Storages.Create(files, _script.Builder.Genesis, Archive);
        (StoredBlock block, StateDelta delta) = _script.Builder.Next(_script.Builder.Genesis.Block, new Random(5));
        files.Capacity = files.Used;
        Assert.Equal(new ImportResult(ImportOutcome.Failed, new StorageFailure(StorageError.DiskFull, Database)), store.Import(block, delta));
        Assert.False(store.TryGetHeader(block.Hash, out _));
        files.Capacity = long.MaxValue;
        Assert.Equal(ImportOutcome.Imported, store.Import(block, delta).Outcome);
    }

    [Fact]
    public void AFailedFlushStopsWritingUntilTheNextStart()
    {
        MemoryFileSystem files = new();
        using ChainStore store = Storages.Create(files, _script.Builder.Genesis, Archive);
        (StoredBlock block, StateDelta delta) = _script.Builder.Next(_script.Builder.Genesis.Block, new Random(5));
        files.FlushesFail = true;
        Assert.Equal(ImportOutcome.Failed, store.Import(block, delta).Outcome);
        files.FlushesFail = false;
        Assert.Equal(StorageError.FileSystem, store.Import(block, delta).Failure!.Error);
        Assert.True(store.TryGetHeader(store.Best.Hash, out _), "reading goes on");
        store.Dispose();
        using ChainStore again = Storages.Open(files, _script.Builder.Genesis, Archive);
        Assert.Contains(again.Import(block, delta).Outcome, new[] { ImportOutcome.Imported, ImportOutcome.AlreadyKnown });
    }

    [Fact]
    public void EveryReasonNotToOpenHasItsName()
    {
        Hash256 genesis = _script.Builder.Genesis.Block.Hash;
        MemoryFileSystem closed = Write(Archive, closes: true), foreign = new(), newer = closed.AfterKill(), empty = new();
        Assert.Equal(StorageError.NotFound, Storages.Refused(new MemoryFileSystem(), genesis, Archive).Error);
        empty.Open(Database, create: true)!.Dispose();
        Assert.Equal(StorageError.NotFound, Storages.Refused(empty, genesis, Archive).Error);
        foreign.Open(Database, create: true)!.Write(0, new byte[20_000].Select((_, index) => (byte)index).ToArray());
        Assert.Equal(StorageError.ForeignFile, Storages.Refused(foreign, genesis, Archive).Error);
        Assert.Equal(StorageError.OtherGenesis, Storages.Refused(closed.AfterKill(), new ChainBuilder(77).Genesis.Block.Hash, Archive).Error);
        Assert.False(ChainStore.TryCreate(closed.AfterKill(), Storages.Directory, _script.Builder.Genesis, Archive, out _, out StorageFailure? failure));
        Assert.Equal(StorageError.AlreadyExists, failure!.Error);
        byte[] page = new byte[Page.Size];
        newer.Files[Database].Read(0, page);
        BinaryPrimitives.WriteUInt32BigEndian(page.AsSpan(60), Journal.SchemaVersion + 1);
        Page.Seal(page);
        newer.Files[Database].Write(0, page);
        Assert.Equal(new StorageFailure(StorageError.NewerSchema, $"{Database}, schema {Journal.SchemaVersion + 1}; this program knows {Journal.SchemaVersion}"), Storages.Refused(newer, genesis, Archive));
        MemoryFileSystem shared = closed.AfterKill();
        using ChainStore store = Storages.Open(shared, _script.Builder.Genesis, Archive);
        Assert.Equal(StorageError.Locked, Storages.Refused(shared, genesis, Archive).Error);
    }

    [Fact]
    public void EveryFailureSaysWhatHelps() =>
        Findings.None(Enum.GetValues<StorageError>().Where(error => error != StorageError.None && new StorageFailure(error, "").Help.Length == 0).Select(error => error.ToString()));

    private MemoryFileSystem Write(StorageOptions options, bool closes)
    {
        MemoryFileSystem files = new();
        ChainStore store = Storages.Create(files, _script.Builder.Genesis, options);
        for (int step = 0; step < _script.Length; step++)
        {
            Assert.True(_script.Run(store, step));
            store.Maintain();
        }

        MemoryFileSystem killed = files.AfterKill();
        store.Dispose();
        return closes ? files : killed;
    }
}
