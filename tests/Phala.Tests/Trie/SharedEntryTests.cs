using Phala.Crypto.Hashing;
using Phala.Trie;
using Phala.Trie.Proofs;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Trie;

/// <summary>Entries of a proof that are met twice, as different things or on different paths.</summary>
public sealed class SharedEntryTests
{
    /// <summary>Somebody stores an encoded node as a value: one entry is then both, and what hangs below the node is needed.</summary>
    [Fact]
    public void AnEntryMayBeAValueInOnePlaceAndANodeInAnother()
    {
        TrieChange[] changes = [.. Enumerable.Range(0, 16).Select(index => TrieChange.Set(Key(index), new byte[40 + index]))];
        MerkleTrie before = MerkleTrie.Empty(StateVersion.V1).Apply(TrieDelta.Create(changes));
        int opened = 0;
        for (int index = 0; index < 16; index++)
        {
            ReadProofBuilder search = new();
            search.Add(before, Key(index));
            byte[] leaf = search.Nodes.Single(node => node.Length == 51 && node[0] >> 5 == 1);
            MerkleTrie trie = before.Apply(TrieDelta.Create([TrieChange.Set(new byte[] { 0xF0 }, leaf)]));
            ReadProofBuilder builder = new();
            builder.Add(trie, Key(index));
            builder.Add(trie, [0xF0]);
            Assert.Single(builder.Nodes, node => node.AsSpan().SequenceEqual(leaf));
            Assert.True(TrieProof.TryOpen(builder.Encode(), trie.Root, ProofPolicy.Minimal, out TrieProof? proof, out ProofError error), error.ToString());
            Assert.Equal(ProofLookup.Present, proof.TryGet(Key(index), out ReadOnlySpan<byte> value));
            Assert.Equal(40 + index, value.Length);
            Assert.Equal(ProofLookup.Present, proof.TryGet([0xF0], out value));
            Assert.True(value.SequenceEqual(leaf));
            opened++;
        }

        Assert.Equal(16, opened);
    }

    /// <summary>One node at a child root's key and at another key, the other one visited first or last: the child trie is reached all the same.</summary>
    [Theory]
    [InlineData(0x0)]
    [InlineData(0xF)]
    public void ANodeUnderTwoPathsIsVisitedForBoth(int otherNibble)
    {
        byte[] child = [0x40, 0x80, .. new byte[32]];
        byte[] shared = [0x41, 0x01, 0x80, .. Digest(child)];
        byte[] below = [0x80 | 45, 0x0A, .. ChildTries.Prefix[1..], 0x01, 0x00, 0x80, .. Digest(shared)];
        byte[] elsewhere = [0x81, 0x00, 0x01, 0x00, 0x80, .. Digest(shared)];
        int bitmap = (1 << 3) | (1 << otherNibble);
        byte[][] ordered = otherNibble < 3 ? [elsewhere, below] : [below, elsewhere];
        byte[] root = [0x80, (byte)bitmap, (byte)(bitmap >> 8), 0x80, .. Digest(ordered[0]), 0x80, .. Digest(ordered[1])];
        byte[] encoded = ReadProofBuilder.Encode([root, below, elsewhere, shared, child]);
        Assert.True(TrieProof.TryOpen(encoded, new Hash256(Digest(root)), ProofPolicy.Minimal, out TrieProof? proof, out ProofError error), error.ToString());
        Assert.Equal(ProofLookup.Present, proof.TryGet([(byte)(otherNibble << 4), 0x01], out ReadOnlySpan<byte> value));
        Assert.True(value.SequenceEqual(Digest(child)));
        Assert.Equal(ProofLookup.Present, proof.TryOpenChild([0x01], out TrieProof? opened));
        Assert.Equal(ProofLookup.Present, opened!.TryGet([], out _));

        byte[] unreadable = [0x01, .. new byte[40]];
        shared = [0x41, 0x01, 0x80, .. Digest(unreadable)];
        below = [.. below[..^32], .. Digest(shared)];
        root = [0x80, 0x08, 0x00, 0x80, .. Digest(below)];
        encoded = ReadProofBuilder.Encode([root, below, shared, unreadable]);
        Assert.False(TrieProof.TryOpen(encoded, new Hash256(Digest(root)), ProofPolicy.Tolerant, out _, out error));
        Assert.Equal(ProofError.BadNode, error);
    }

    /// <summary>A child root that is stored by its digest is no root to the visit. What it names may be anything, and then says nothing.</summary>
    [Fact]
    public void AnEntryThatDoesNotDecodeIsNoAbsence()
    {
        byte[] unreadable = [0x01, .. new byte[40]], childRoot = Digest(unreadable);
        byte[] root = [0x3F, 48 - 31, .. ChildTries.Prefix, 0x01, .. Digest(childRoot)];
        byte[] encoded = ReadProofBuilder.Encode([root, childRoot, unreadable]);
        Assert.True(TrieProof.TryOpen(encoded, new Hash256(Digest(root)), ProofPolicy.Tolerant, out TrieProof? proof, out ProofError error), error.ToString());
        Assert.Equal(ProofLookup.Present, proof.TryOpenChild([0x01], out TrieProof? child));
        Assert.Equal(ProofLookup.MissingNode, child!.TryGet([], out _));
        Assert.Equal(ProofLookup.MissingNode, child.TryGetClosestDescendant([7], out _));
        ProofCursor cursor = child.Enumerate([]);
        Assert.False(cursor.MoveNext());
        Assert.False(cursor.IsComplete);
    }

    /// <summary>In a child trie anybody may write to the key where the main trie would keep a child's root.</summary>
    [Fact]
    public void AChildTrieHasNoChildren()
    {
        StateOverlay overlay = new(StateSnapshot.Empty(StateVersion.V1));
        overlay.Child([7]).Set([1, 2], new byte[40]);
        byte[] key = ChildTries.RootKey([2]);
        overlay.Child([1]).Set(key, overlay.ToSnapshot().Child([7]).Root.AsSpan());
        StateSnapshot state = overlay.ToSnapshot();
        ReadProofBuilder builder = new();
        builder.Add(state.Main, ChildTries.RootKey([1]));
        builder.Add(state.Main, ChildTries.RootKey([7]));
        builder.Add(state.Child([1]), key);
        builder.Add(state.Child([7]), [1, 2]);
        Assert.True(TrieProof.TryOpen(builder.Encode(), state.Root, ProofPolicy.Minimal, out TrieProof? proof, out ProofError error), error.ToString());
        Assert.Equal(ProofLookup.Present, proof.TryOpenChild([7], out _));
        Assert.Equal(ProofLookup.Present, proof.TryOpenChild([1], out TrieProof? child));
        Assert.Equal(ProofLookup.Present, child!.TryGet(key, out ReadOnlySpan<byte> value));
        Assert.True(value.SequenceEqual(state.Child([7]).Root.AsSpan()));
        Assert.Equal(ProofLookup.Absent, child.TryOpenChild([2], out TrieProof? grandchild));
        Assert.Null(grandchild);
    }

    /// <summary>Sixteen times the same child at each level: few levels are enumerated in full, many up to the bound.</summary>
    [Theory]
    [InlineData(3, true)]
    [InlineData(31, false)]
    public void AnEnumerationThatRepeatsNodesEnds(int levels, bool isComplete)
    {
        List<byte[]> nodes = [[0x40, 0x80, .. new byte[32]]];
        if ((levels & 1) != 0) nodes[0] = [0x41, 0x07, 0x80, .. new byte[32]];
        for (int level = 0; level < levels; level++)
        {
            byte[] child = Digest(nodes[^1]);
            nodes.Add([0x80, 0xFF, 0xFF, .. Enumerable.Range(0, 16).SelectMany(_ => (byte[])[0x80, .. child])]);
        }

        Assert.True(TrieProof.TryOpen(ReadProofBuilder.Encode(nodes), new Hash256(Digest(nodes[^1])), ProofPolicy.Minimal, out TrieProof? proof, out _));
        ProofCursor cursor = proof.Enumerate([]);
        int seen = 0;
        while (cursor.MoveNext()) seen++;
        Assert.Equal(isComplete, cursor.IsComplete);
        if (isComplete) Assert.Equal(1 << (4 * levels), seen);
        else Assert.InRange(seen, 1000, ProofCursor.RepeatAllowance / 16);
    }

    /// <summary>What repeats nothing is enumerated in full, be it longer than what may be repeated.</summary>
    [Fact]
    public void AnEnumerationWithoutRepeatsIsComplete()
    {
        TrieChange[] changes = [.. Enumerable.Range(0, 11).Select(index => TrieChange.Set(new byte[] { (byte)(index * 16) }, Enumerable.Repeat((byte)index, 500_000).ToArray()))];
        MerkleTrie trie = MerkleTrie.Empty(StateVersion.V0).Apply(TrieDelta.Create(changes));
        ReadProofBuilder builder = new();
        builder.AddAll(trie, []);
        byte[] encoded = builder.Encode();
        Assert.True(encoded.Length > ProofCursor.RepeatAllowance);
        Assert.True(TrieProof.TryOpen(encoded, trie.Root, ProofPolicy.Minimal, out TrieProof? proof, out _));
        ProofCursor cursor = proof.Enumerate([]);
        for (int index = 0; index < 11; index++) Assert.True(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.True(cursor.IsComplete);
    }

    private static byte[] Key(int index) => [0x50, (byte)(index << 4), .. new byte[16]];

    private static byte[] Digest(byte[] message)
    {
        byte[] digest = new byte[Hash256.Size];
        Blake2b.Hash256(message, digest);
        return digest;
    }
}
