using Phala.Chain;
using Phala.Node.Storage;
using Phala.Node.Storage.Files;
using Phala.Node.Storage.Sqlite;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Node.Storage;

/// <summary>Databases of the schema before.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void ADatabaseWithoutAQueueIsTakenOverAndKeepsOneFromThenOn()
    {
        using TemporaryDirectory directory = new();
        StorageOptions options = new() { MaintainInBackground = false };
        StateSnapshot state = StateSnapshot.Empty(StateVersion.V1);
        StoredBlock first = StoredBlock.Create(Header.Genesis(state.Root), []);
        Genesis genesis = new("old", first, StateDelta.Create(TrieDelta.Create([])), StateVersion.V1);
        Assert.True(ChainStore.TryCreate(new DiskFileSystem(), directory.Path, genesis, options, out ChainStore? made, out _));
        made.Dispose();
        using (Database database = new(new DiskFileSystem(), Path.Combine(directory.Path, "chain.db"), create: false))
        {
            database.Execute("DROP TABLE queue_entry; DROP TABLE queue_body; DROP INDEX set_change; PRAGMA user_version=1;");
        }

        StoredBlock block = StoredBlock.Create(new Header(first.Hash, 1, state.Root, default, default), []);
        QueueRecord record = new(1, 1, block.Hash, new Hash256([.. Enumerable.Repeat((byte)7, 32)]), [1, 2], [(Channel.System, [3])]);
        for (int start = 0; start < 2; start++)
        {
            Assert.True(ChainStore.TryOpen(new DiskFileSystem(), directory.Path, first.Hash, options, out ChainStore? store, out StorageFailure? failure), failure?.ToString());
            using (store)
            {
                if (start == 0) Assert.Equal(ImportOutcome.Imported, store.Import(block, StateDelta.Create(TrieDelta.Create([])), state, isBest: true, record).Outcome);
                if (start == 0) Assert.Empty(store.QueueEntries(0, 9, 9));
                if (start == 0) Assert.Equal(FinalizeOutcome.Finalized, store.Finalize(block.Hash, [1], changesSet: true).Outcome);
                QueueRecord kept = Assert.Single(store.QueueEntries(0, 9, 9));
                Assert.Equal((record.Count, record.BlockNumber, record.BlockHash, record.Hash), (kept.Count, kept.BlockNumber, kept.BlockHash, kept.Hash));
                Assert.Equal(record.Entry, kept.Entry);
                Assert.True(store.TryGetQueueBody(1, Channel.System, out byte[]? messages));
                Assert.Equal([3], messages);
                Assert.True(store.TryGetSetChange(0ul, out uint change));
                Assert.Equal(1u, change);
                Assert.False(store.TryGetSetChange(1ul, out _));
                Assert.Empty(store.Check());
            }
        }
    }
}
