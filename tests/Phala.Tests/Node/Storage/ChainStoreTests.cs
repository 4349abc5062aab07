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

    private ChainStore Create() => Opened(ChainStore.TryCreate(_files, _directory.Path, _chain.Genesis, Archive, out ChainStore? store, out StorageFailure? failure), store, failure);

    private ChainStore Open() => Opened(ChainStore.TryOpen(_files, _directory.Path, _chain.Genesis.Block.Hash, Archive, out ChainStore? store, out StorageFailure? failure), store, failure);

    private static ChainStore Opened(bool opened, ChainStore? store, StorageFailure? failure)
    {
        Assert.True(opened, failure?.ToString());
        return store!;
    }
}
