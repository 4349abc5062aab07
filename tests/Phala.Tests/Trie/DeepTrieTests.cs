using Phala.Trie;
using Phala.Trie.Proofs;
using Xunit;

namespace Phala.Tests.Trie;

/// <summary>The deepest trie that keys can make, a fork at each half byte, on a thread with little stack.</summary>
public sealed class DeepTrieTests
{
    private const int StackSize = 256 << 10;

    [Theory]
    [InlineData(StateVersion.V0)]
    [InlineData(StateVersion.V1)]
    public void TheDeepestTrieNeedsLittleStack(StateVersion version)
    {
        Exception? failure = null;
        Thread thread = new(() => failure = Record.Exception(() => BuildChangeAndProve(version)), StackSize);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private static void BuildChangeAndProve(StateVersion version)
    {
        byte[][] keys = DeepKeys();
        TrieEntry[] entries = [.. keys.Select(key => new TrieEntry(key, key.AsMemory(0, Math.Min(key.Length, 40))))];
        MerkleTrie trie = MerkleTrie.Create(entries, version);
        Assert.Equal(3 * MerkleTrie.MaxKeyLength, trie.Count);
        Assert.Equal(TrieRoot.Compute(entries, version), trie.Root);

        MerkleTrie fewer = trie.Apply(TrieDelta.Create([.. keys.Where((_, index) => index % 3 != 0).Select(key => TrieChange.Remove(key))]));
        TrieEntry[] left = [.. entries.Where((_, index) => index % 3 == 0)];
        Assert.Equal(TrieRoot.Compute(left, version), fewer.Root);
        MerkleTrie one = fewer.Apply(TrieDelta.Create([.. left[..^1].Select(entry => TrieChange.Remove(entry.Key))]));
        Assert.Equal(TrieRoot.Compute(left.AsSpan(left.Length - 1), version), one.Root);
        Assert.Equal(trie.Root, one.Apply(TrieDelta.Create([.. entries.Select(entry => TrieChange.Set(entry.Key, entry.Value))])).Root);

        ReadProofBuilder builder = new();
        builder.AddAll(trie, []);
        Assert.True(TrieProof.TryOpen(builder.Encode(), trie.Root, ProofPolicy.Minimal, out TrieProof? proof, out ProofError error), error.ToString());
        ProofCursor proved = proof.Enumerate([]);
        TrieCursor held = new(trie);
        while (held.MoveNext())
        {
            Assert.True(proved.MoveNext());
            Assert.True(held.Key.SequenceEqual(proved.Key));
        }

        Assert.False(proved.MoveNext());
        Assert.True(proved.IsComplete);
    }

    /// <summary>All beginnings of one long key, and for each two more keys that leave it at its last two half bytes.</summary>
    private static byte[][] DeepKeys()
    {
        byte[] longest = new byte[MerkleTrie.MaxKeyLength];
        new Random(5).NextBytes(longest);
        List<byte[]> keys = [];
        for (int index = 0; index < longest.Length; index++)
        {
            byte last = longest[index];
            keys.Add(longest[..(index + 1)]);
            keys.Add([.. longest[..index], (byte)(last ^ 0x01)]);
            keys.Add([.. longest[..index], (byte)(last ^ 0x10)]);
        }

        return [.. keys];
    }
}
