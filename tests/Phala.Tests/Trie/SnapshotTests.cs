using Phala.Trie;
using Xunit;

namespace Phala.Tests.Trie;

public sealed class SnapshotTests
{
    /// <summary>One writer goes on while readers on other threads check all of the trie that they hold.</summary>
    [Fact]
    public async Task ReadersSeeTheTrieTheyHoldWhileTheWriterGoesOn()
    {
        TrieEntry[] entries = TrieData.Generate(3000);
        MerkleTrie current = MerkleTrie.Create(entries, StateVersion.V1);
        Hash256 first = current.Root;
        bool stop = false;
        HashSet<Hash256>[] seen = [[], [], []];
        Task[] readers = [.. seen.Select(roots => Task.Run(() => Read(roots)))];
        Random random = new(1);
        for (int step = 0; step < 300 || seen.Any(SawOneAtMost); step++)
        {
            // A reader that failed has ended: the wait for it would have no end.
            if (readers.Any(reader => reader.IsCompleted)) break;
            TrieChange[] changes = new TrieChange[40];
            for (int index = 0; index < changes.Length; index++)
            {
                TrieEntry entry = entries[random.Next(entries.Length)];
                changes[index] = random.Next(3) == 0 ? TrieChange.Remove(entry.Key) : TrieChange.Set(entry.Key, TrieData.Value(random.Next(99)));
            }

            Volatile.Write(ref current, current.Apply(TrieDelta.Create(changes)));
            if (step % 20 == 0) await Task.Yield();
        }

        Volatile.Write(ref stop, true);
        await Task.WhenAll(readers);
        Assert.NotEqual(first, current.Root);
        Assert.All(seen, roots => Assert.True(roots.Count > 1, "a reader saw one trie only"));

        static bool SawOneAtMost(HashSet<Hash256> roots)
        {
            lock (roots) return roots.Count < 2;
        }

        void Read(HashSet<Hash256> roots)
        {
            do
            {
                MerkleTrie held = Volatile.Read(ref current);
                TrieEntry[] content = [.. TrieData.Content(held).Select(pair => new TrieEntry(TrieData.Bytes(pair.Key), pair.Value))];
                Assert.Equal(held.Root, TrieRoot.Compute(content, StateVersion.V1));
                lock (roots) roots.Add(held.Root);
            }
            while (!Volatile.Read(ref stop));
        }
    }

    [Fact]
    public void ASnapshotCostsNothingButTheNodesThatWereReplaced()
    {
        TrieEntry[] entries = TrieData.Generate(20_000);
        MerkleTrie trie = MerkleTrie.Create(entries, StateVersion.V1);
        TrieDelta delta = TrieDelta.Create([TrieChange.Set(entries[77].Key, new byte[50])]);
        _ = trie.Apply(delta);
        long before = GC.GetAllocatedBytesForCurrentThread();
        MerkleTrie next = trie.Apply(delta);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.NotEqual(trie.Root, next.Root);
        Assert.True(allocated < 64 * 1024, $"{allocated} bytes for one change");
    }

    [Fact]
    public void DroppedTriesAreReclaimed()
    {
        (WeakReference[] dropped, MerkleTrie kept) = Advance();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(dropped, trie => Assert.False(trie.IsAlive));
        Assert.Equal(1000, kept.Count);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static (WeakReference[] Dropped, MerkleTrie Kept) Advance()
    {
        TrieEntry[] entries = TrieData.Generate(1000);
        MerkleTrie trie = MerkleTrie.Create(entries, StateVersion.V1);
        WeakReference[] dropped = new WeakReference[10];
        for (int step = 0; step < dropped.Length; step++)
        {
            dropped[step] = new WeakReference(trie);
            trie = trie.Apply(TrieDelta.Create([TrieChange.Set(entries[step].Key, new byte[1 + step])]));
        }

        return (dropped, trie);
    }
}
