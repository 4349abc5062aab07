using FsCheck;
using FsCheck.Fluent;
using Phala.Tests.Crypto;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Trie;

public sealed class MerkleTrieTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(StateVersion.V0)]
    [InlineData(StateVersion.V1)]
    public void AnySequenceOfChangesGivesTheRootOfItsContent(StateVersion version) =>
        Prop.ForAll(ArbMap.Default.ArbFor<(byte Key, byte Value, bool Remove)[]>(), steps =>
        {
            TrieModel model = new(version);
            foreach ((byte key, byte value, bool remove) in steps) model.Apply([TrieData.Change(TrieData.Keys[key % TrieData.Keys.Count], remove ? null : TrieData.Value(value))]);
            model.Check();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(120));

    /// <summary>Batches of all sizes over keys that share prefixes, and the proof that the run met every shape.</summary>
    [Theory]
    [InlineData(StateVersion.V0)]
    [InlineData(StateVersion.V1)]
    public void LongRunsOfBatchesMeetEveryShapeAndKeepTheRootOfTheContent(StateVersion version)
    {
        Random random = new(17);
        TrieModel model = new(version);
        for (int step = 0; step < 1500; step++)
        {
            int size = random.Next(10) == 0 ? random.Next(60) : random.Next(4);
            bool shrinking = step / 100 % 2 == 1;
            TrieChange[] changes = new TrieChange[size];
            for (int index = 0; index < size; index++)
            {
                bool remove = random.Next(10) < (shrinking ? 7 : 3);
                changes[index] = TrieData.Change(TrieData.Keys[random.Next(TrieData.Keys.Count)], remove ? null : TrieData.Value(random.Next(200)));
            }

            if (random.Next(60) == 0) changes = model.ClearPrefix(TrieData.Keys[random.Next(8)]);
            model.Apply(changes);
            if (step % 10 == 0) model.Check();
        }

        model.Check();
        output.WriteLine(model.Coverage);
        Assert.True(model.HasMetEveryShape, model.Coverage);
    }

    [Fact]
    public void ChangesThatChangeNothingGiveTheSameInstance()
    {
        MerkleTrie trie = MerkleTrie.Create(TrieData.Generate(500), StateVersion.V1);
        TrieEntry[] entries = TrieData.Generate(500);
        Assert.Same(trie, trie.Apply(TrieDelta.Create([.. entries.Select(entry => TrieChange.Set(entry.Key, entry.Value))])));
        Assert.Same(trie, trie.Apply(TrieDelta.Create([TrieChange.Remove(new byte[31]), TrieChange.Remove(new byte[] { 1 })])));
        Assert.Same(trie, trie.Apply(TrieDelta.Empty));
        Assert.NotSame(trie, trie.Apply(TrieDelta.Create([TrieChange.Set(entries[3].Key, new byte[1])])));
    }

    [Fact]
    public void EveryEntryIsFoundAndNothingElse()
    {
        TrieEntry[] entries = TrieData.Generate(3000);
        MerkleTrie trie = MerkleTrie.Create(entries, StateVersion.V1);
        foreach (TrieEntry entry in entries)
        {
            byte[] key = entry.Key.ToArray();
            Assert.True(trie.TryGet(key, out ReadOnlySpan<byte> value));
            Assert.True(value.SequenceEqual(entry.Value.Span));
            Assert.False(trie.Contains(key.AsSpan(0, 31)));
            Assert.False(trie.Contains([.. key, 0]));
            for (int at = 0; at < key.Length; at += 5)
            {
                byte[] other = [.. key];
                other[at] ^= 0x10;
                Assert.False(trie.Contains(other));
            }
        }
    }

    [Fact]
    public void ReadingAllocatesNothing()
    {
        TrieEntry[] entries = TrieData.Generate(1000);
        MerkleTrie trie = MerkleTrie.Create(entries, StateVersion.V1);
        TrieCursor cursor = new(trie);
        long allocated = Allocation.Of(() =>
        {
            foreach (TrieEntry entry in entries.AsSpan(0, 50)) Assert.True(trie.TryGet(entry.Key.Span, out _));
            cursor.Seek(entries[7].Key.Span);
            for (int step = 0; step < 20; step++) cursor.MoveNext();
        });
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void TheCursorVisitsTheEntriesInOrderFromAnyPlace()
    {
        SortedDictionary<string, byte[]> content = new(StringComparer.Ordinal);
        for (int index = 0; index < TrieData.Keys.Count; index += 2) content[TrieData.Hex(TrieData.Keys[index])] = TrieData.Value(index);
        MerkleTrie trie = TrieData.Create(content, StateVersion.V1);
        TrieCursor cursor = new(trie);
        string[] keys = [.. content.Keys];
        int met = 0;
        foreach (byte[] from in TrieData.Keys.Concat(TrieData.Keys.Select(key => (byte[])[.. key, 0x00])))
        {
            string start = TrieData.Hex(from);
            string[] expected = [.. keys.Where(key => string.CompareOrdinal(key, start) >= 0)];
            cursor.Seek(from);
            List<string> visited = [];
            while (cursor.MoveNext())
            {
                visited.Add(TrieData.Hex(cursor.Key));
                Assert.Equal(content[visited[^1]], cursor.Value.ToArray());
            }

            Assert.Equal(expected, visited);
            string? next = keys.FirstOrDefault(key => string.CompareOrdinal(key, start) > 0);
            Assert.Equal(next is not null, trie.TryGetNextKey(from, out byte[]? found));
            Assert.Equal(next, found is null ? null : TrieData.Hex(found));
            met += visited.Count;
        }

        Assert.True(met > 1000);
    }

    /// <summary>The closest descendant's Merkle value names the content below a key: equal below equal content, different otherwise.</summary>
    [Fact]
    public void TheClosestDescendantExistsWhereKeysBeginSoAndChangesWithThem()
    {
        TrieEntry[] entries = TrieData.Generate(2000);
        MerkleTrie trie = MerkleTrie.Create(entries, StateVersion.V1);
        Assert.True(trie.TryGetClosestDescendant([], out ReadOnlyMemory<byte> root));
        Assert.Equal(trie.Root, new Hash256(root.Span));
        Assert.False(MerkleTrie.Empty(StateVersion.V1).TryGetClosestDescendant([], out _));
        MerkleTrie changed = trie.Apply(TrieDelta.Create([TrieChange.Set(entries[5].Key, new byte[40])]));
        int same = 0, different = 0, none = 0;
        for (int first = 0; first < 256; first++)
        {
            for (int second = 0; second < 256; second += 3)
            {
                byte[] prefix = [(byte)first, (byte)second];
                bool any = entries.Any(entry => entry.Key.Span.StartsWith(prefix));
                Assert.Equal(any, trie.TryGetClosestDescendant(prefix, out ReadOnlyMemory<byte> before));
                Assert.Equal(any, changed.TryGetClosestDescendant(prefix, out ReadOnlyMemory<byte> after));
                bool equal = before.Span.SequenceEqual(after.Span);
                Assert.Equal(!entries[5].Key.Span.StartsWith(prefix), equal);
                if (!any) none++;
                else if (equal) same++;
                else different++;
            }
        }

        byte[] whole = entries[5].Key.ToArray();
        Assert.True(changed.TryGetClosestDescendant(whole, out ReadOnlyMemory<byte> leaf));
        Assert.Equal(32, leaf.Length);
        Assert.False(changed.TryGetClosestDescendant([.. whole, 0], out _));
        output.WriteLine($"{same} same, {different} different, {none} none");
        Assert.True(same > 100 && none > 100);
    }
}
