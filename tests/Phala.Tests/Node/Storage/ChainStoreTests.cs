using Phala.Node.Storage;
using Phala.Node.Storage.Files;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Node.Storage;

/// <summary>What the storage does, on the real file system.</summary>
public sealed class ChainStoreTests : IDisposable
{
    private static readonly StorageOptions Archive = new() { StatePruning = null, MaintainInBackground = false };

    private readonly TemporaryDirectory _directory = new();
    private readonly DiskFileSystem _files = new();
    private readonly ChainBuilder _chain = new();
    private readonly Random _random = new(1);

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    [Fact]
    public void BlocksAreThereAfterReopening()
    {
        List<StoredBlock> blocks = [_chain.Genesis.Block];
        using (ChainStore store = Create())
        {
            for (int count = 0; count < 30; count++)
            {
                (StoredBlock block, StateDelta delta) = _chain.Next(blocks[^1], _random);
                Assert.Equal(ImportOutcome.Imported, store.Import(block, delta, isBest: true).Outcome);
                blocks.Add(block);
            }

            Assert.Equal(FinalizeOutcome.Finalized, store.Finalize(blocks[25].Hash, new byte[] { 1, 2, 3 }).Outcome);
        }

        using ChainStore again = Open();
        Assert.Equal(new ChainHead(blocks[30].Hash, 30), again.Best);
        Assert.Equal(new ChainHead(blocks[25].Hash, 25), again.Finalized);
        Assert.True(again.TryGetJustification(blocks[25].Hash, out byte[]? justification));
        Assert.Equal([1, 2, 3], justification);
        foreach (StoredBlock block in blocks)
        {
            Assert.True(again.TryGetHeader(block.Hash, out byte[]? header));
            Assert.Equal(block.Header.ToArray(), header);
            Assert.True(again.TryGetBody(block.Hash, out byte[][]? body));
            Assert.Equal(block.Extrinsics, body);
            Assert.True(again.TryGetHash(block.Number, out Phala.Trie.Hash256 hash));
            Assert.Equal(block.Hash, hash);
            Assert.Equal(StateLookup.Found, again.StateAt(block.Hash, out StateSnapshot? state));
            Assert.Equal(block.StateRoot, state!.Root);
        }

        Assert.Empty(again.Check());
    }

    [Fact]
    public void AnArchiveStaysOne()
    {
        List<StoredBlock> blocks = [_chain.Genesis.Block];
        MemoryFileSystem files = new();
        Storages.Create(files, _chain.Genesis, Archive).Dispose();
        StorageOptions pruned = new() { StatePruning = 2, MaintainInBackground = false, SnapshotBytes = 1, SnapshotGenerations = 1 };
        using (ChainStore store = Storages.Open(files, _chain.Genesis, pruned)) Extend(store, blocks, 30);
        using ChainStore again = Storages.Open(files, _chain.Genesis, Archive);
        Assert.All(blocks, block => Assert.Equal(StateLookup.Found, again.StateAt(block.Hash, out _)));

        // Another chain, which does not begin as one, loses its first states to the same options.
        MemoryFileSystem other = new();
        using ChainStore usual = Storages.Create(other, _chain.Genesis, pruned);
        Extend(usual, [_chain.Genesis.Block], 30);
        Assert.Equal(StateLookup.Pruned, usual.StateAt(_chain.Genesis.Block.Hash, out _));
    }

    private void Extend(ChainStore store, List<StoredBlock> blocks, int count)
    {
        for (int at = 0; at < count; at++)
        {
            (StoredBlock block, StateDelta delta) = _chain.Next(blocks[^1], _random);
            Assert.Equal(ImportOutcome.Imported, store.Import(block, delta, isBest: true).Outcome);
            Assert.Equal(FinalizeOutcome.Finalized, store.Finalize(block.Hash, null).Outcome);
            blocks.Add(block);
            store.Maintain();
        }
    }

    [Fact]
    public void ABlockThatDoesNotFitIsRefusedWithTheReason()
    {
        using ChainStore store = Create();
        (StoredBlock first, StateDelta delta) = _chain.Next(_chain.Genesis.Block, _random);
        (StoredBlock second, StateDelta after) = _chain.Next(first, _random);
        Assert.Equal(ImportOutcome.UnknownParent, store.Import(second, after).Outcome);
        StoredBlock gap = ChainBuilder.Block(_chain.Genesis.Block.Hash, 2, first.StateRoot, []);
        Assert.Equal(ImportOutcome.WrongNumber, store.Import(gap, delta).Outcome);
        Assert.Equal(ImportOutcome.WrongStateRoot, store.Import(first, after).Outcome);
        Assert.Equal(ImportOutcome.Imported, store.Import(first, delta, isBest: true).Outcome);
        Assert.Equal(ImportOutcome.AlreadyKnown, store.Import(first, delta).Outcome);
        Assert.Equal(ImportOutcome.Imported, store.Import(second, after, isBest: true).Outcome);
        Assert.Equal(FinalizeOutcome.NotAboveFinalized, store.Finalize(gap.Hash, null).Outcome);
        Assert.Equal(FinalizeOutcome.Finalized, store.Finalize(second.Hash, null).Outcome);
        Assert.Equal(FinalizeOutcome.AlreadyFinalized, store.Finalize(first.Hash, null).Outcome);
        (StoredBlock late, StateDelta lateDelta) = _chain.Next(_chain.Genesis.Block, _random);
        Assert.Equal(ImportOutcome.BehindFinalized, store.Import(late, lateDelta).Outcome);
        Assert.Equal(StateLookup.UnknownBlock, store.StateAt(late.Hash, out _));
    }

    [Fact]
    public void FinalizingNamesWhatIsFinalAndWhatHasLost()
    {
        using ChainStore store = Create();
        StoredBlock main = Import(store, _chain.Genesis.Block), other = Import(store, _chain.Genesis.Block), above = Import(store, other), head = Import(store, main);
        Assert.True(store.TrySetBest(above.Hash, out _));
        FinalizeResult result = store.Finalize(head.Hash, [7]);
        Assert.Equal([main.Hash, head.Hash], result.Finalized);
        Assert.Equal([other.Hash, above.Hash], result.Dropped);
        Assert.Equal(new ChainHead(head.Hash, 2), store.Best);
        Assert.False(store.TryGetHeader(above.Hash, out _));
        Assert.Equal([new ChainHead(head.Hash, 2)], store.Leaves);
    }

    [Fact]
    public void BodiesArePrunedWithoutHeaders()
    {
        using (ChainStore store = Create())
        {
            StoredBlock at = _chain.Genesis.Block;
            for (int count = 0; count < 20; count++) at = Import(store, at);
            store.Finalize(at.Hash, null);
        }

        Assert.True(ChainStore.TryOpen(_files, _directory.Path, null, Archive with { BodyPruning = 5 }, out ChainStore? pruned, out _));
        using (pruned)
        {
            pruned.Maintain();
            for (uint number = 0; number <= 20; number++)
            {
                Assert.True(pruned.TryGetHash(number, out Phala.Trie.Hash256 hash));
                Assert.True(pruned.TryGetHeader(hash, out _));
                Assert.True(pruned.TryGetBody(hash, out byte[][]? body));
                Assert.Equal(number < 15, body is null);
            }
        }
    }

    private StoredBlock Import(ChainStore store, StoredBlock parent)
    {
        (StoredBlock block, StateDelta delta) = _chain.Next(parent, _random);
        Assert.Equal(ImportOutcome.Imported, store.Import(block, delta).Outcome);
        return block;
    }

    private ChainStore Create() => Opened(ChainStore.TryCreate(_files, _directory.Path, _chain.Genesis, Archive, out ChainStore? store, out StorageFailure? failure), store, failure);

    private ChainStore Open() => Opened(ChainStore.TryOpen(_files, _directory.Path, _chain.Genesis.Block.Hash, Archive, out ChainStore? store, out StorageFailure? failure), store, failure);

    private static ChainStore Opened(bool opened, ChainStore? store, StorageFailure? failure)
    {
        Assert.True(opened, failure?.ToString());
        return store!;
    }
}
