using Phala.Testing;
using Phala.Trie;
using Phala.Trie.Proofs;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Trie;

public sealed class ReadProofTests(ITestOutputHelper output)
{
    /// <summary>The proof of a key answers for it in full, and never wrongly for another.</summary>
    [Theory]
    [InlineData(StateVersion.V0)]
    [InlineData(StateVersion.V1)]
    public void TheProofOfOneKeyAnswersItAndIsNeverWrongAboutOthers(StateVersion version)
    {
        (MerkleTrie trie, SortedDictionary<string, byte[]> content) = SmallTrie(version);
        Dictionary<ProofLookup, int> answers = [];
        foreach (byte[] key in TrieData.Keys)
        {
            TrieProof proof = Open(trie, key);
            foreach (byte[] other in TrieData.Keys)
            {
                ProofLookup found = proof.TryGet(other, out ReadOnlySpan<byte> value);
                answers[found] = answers.GetValueOrDefault(found) + 1;
                bool present = content.TryGetValue(TrieData.Hex(other), out byte[]? expected);
                if (found == ProofLookup.Present) Assert.True(present && value.SequenceEqual(expected));
                if (found == ProofLookup.Absent) Assert.False(present);
                if (ReferenceEquals(key, other)) Assert.Equal(present ? ProofLookup.Present : ProofLookup.Absent, found);
            }
        }

        output.WriteLine(string.Join(", ", answers.Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.Equal(version == StateVersion.V1 ? 4 : 3, answers.Count);
        Assert.All(answers.Values, count => Assert.True(count > 50));
    }

    [Theory]
    [InlineData(StateVersion.V0)]
    [InlineData(StateVersion.V1)]
    public void OneProofAnswersManyKeysAndSharesTheirNodes(StateVersion version)
    {
        TrieEntry[] entries = TrieData.Generate(5000);
        MerkleTrie trie = MerkleTrie.Create(entries, version);
        ReadProofBuilder builder = new();
        int separate = 0;
        foreach (TrieEntry entry in entries.AsSpan(0, 60))
        {
            builder.Add(trie, entry.Key.Span);
            ReadProofBuilder alone = new();
            alone.Add(trie, entry.Key.Span);
            separate += alone.Encode().Length;
        }

        byte[] encoded = builder.Encode();
        Assert.True(encoded.Length < separate * 2 / 3, $"{encoded.Length} bytes together, {separate} apart");
        Assert.True(TrieProof.TryOpen(encoded, trie.Root, ProofPolicy.Minimal, out TrieProof? proof, out ProofError error), error.ToString());
        foreach (TrieEntry entry in entries.AsSpan(0, 60))
        {
            Assert.Equal(ProofLookup.Present, proof.TryGet(entry.Key.Span, out ReadOnlySpan<byte> value));
            Assert.True(value.SequenceEqual(entry.Value.Span));
        }

        Assert.Equal(0, Phala.Tests.Crypto.Allocation.Of(() => proof.TryGet(entries[3].Key.Span, out _)));
    }

    [Theory]
    [InlineData(StateVersion.V0)]
    [InlineData(StateVersion.V1)]
    public void TheClosestDescendantIsProvedAsTheTrieHasIt(StateVersion version)
    {
        (MerkleTrie trie, _) = SmallTrie(version);
        int found = 0, absent = 0;
        foreach (byte[] key in TrieData.Keys.Concat([[0x77], [0x10, 0x11, 0x00, 0x00], [0x22]]))
        {
            bool exists = trie.TryGetClosestDescendant(key, out ReadOnlyMemory<byte> expected);
            ProofLookup answer = Open(trie, key).TryGetClosestDescendant(key, out ReadOnlySpan<byte> merkleValue);
            Assert.Equal(exists ? ProofLookup.Present : ProofLookup.Absent, answer);
            Assert.True(merkleValue.SequenceEqual(expected.Span));
            if (exists) found++;
            else absent++;
        }

        Assert.True(found > 30 && absent > 10);
    }

    [Theory]
    [InlineData(StateVersion.V0)]
    [InlineData(StateVersion.V1)]
    public void AProofOfAPrefixRevealsAllOfItsKeysAndSaysSo(StateVersion version)
    {
        (MerkleTrie trie, SortedDictionary<string, byte[]> content) = SmallTrie(version);
        int revealed = 0;
        foreach (byte[] prefix in TrieData.Keys.Take(44))
        {
            ReadProofBuilder builder = new();
            builder.AddAll(trie, prefix);
            Assert.True(TrieProof.TryOpen(builder.Encode(), trie.Root, ProofPolicy.Minimal, out TrieProof? proof, out ProofError error), error.ToString());
            ProofCursor cursor = proof.Enumerate(prefix);
            List<string> keys = [];
            while (cursor.MoveNext())
            {
                keys.Add(TrieData.Hex(cursor.Key));
                Assert.Equal(content[keys[^1]], cursor.Value!.Value.ToArray());
            }

            Assert.True(cursor.IsComplete);
            Assert.Equal(content.Keys.Where(key => key.StartsWith(TrieData.Hex(prefix), StringComparison.Ordinal)), keys);
            revealed += keys.Count;
        }

        Assert.True(revealed > 60, $"{revealed} revealed");
        TrieEntry[] entries = TrieData.Generate(300);
        MerkleTrie large = MerkleTrie.Create(entries, version);
        ProofCursor partial = Open(large, entries[0].Key.ToArray()).Enumerate([]);
        int seen = 0;
        while (partial.MoveNext()) seen++;
        Assert.True(seen >= 1 && !partial.IsComplete);
    }

    [Fact]
    public void AProofOutOfThePolkadotGenesisStateReadsAsInSmoldot()
    {
        Vector vector = VectorFile.Read("Trie/Vectors/proofs.txt").Single();
        Assert.True(TrieProof.TryOpen(vector.Bytes("proof"), new Hash256(vector.Bytes("root")), ProofPolicy.Minimal, out TrieProof? proof, out ProofError error), error.ToString());
        byte[] key = vector.Bytes("key");
        Assert.Equal(ProofLookup.Present, proof.TryGet(key, out ReadOnlySpan<byte> value));
        Assert.Equal(vector.Text("value"), TrieData.Hex(value));
        Assert.Equal(ProofLookup.Absent, proof.TryGet([.. key, 0x25], out _));
        Assert.Equal(ProofLookup.MissingNode, proof.TryGet([.. key.AsSpan(0, 32), 0x70, 0x00], out _));
        ProofCursor cursor = proof.Enumerate([]);
        List<byte[]> revealed = [];
        while (cursor.MoveNext()) revealed.Add(cursor.Key);
        Assert.Contains(key, revealed);
        Assert.False(cursor.IsComplete);
    }

    [Fact]
    public void AProofOfAChildTrieTravelsWithThatOfItsRoot()
    {
        StateSnapshot state = StateWithChildren(StateVersion.V1);
        foreach (byte[] name in (byte[][])[[1], [1, 2], "small"u8.ToArray()])
        {
            MerkleTrie child = state.Child(name);
            byte[] key = TrieData.Content(child).Keys.Select(TrieData.Bytes).First();
            ReadProofBuilder builder = new();
            builder.Add(state.Main, ChildTries.RootKey(name));
            builder.Add(child, key);
            Assert.True(TrieProof.TryOpen(builder.Encode(), state.Root, ProofPolicy.Minimal, out TrieProof? proof, out ProofError error), error.ToString());
            Assert.Equal(ProofLookup.Present, proof.TryOpenChild(name, out TrieProof? opened));
            Assert.Equal(child.Root, opened!.Root);
            Assert.Equal(ProofLookup.Present, opened.TryGet(key, out ReadOnlySpan<byte> value));
            Assert.True(child.TryGet(key, out ReadOnlySpan<byte> expected) && value.SequenceEqual(expected));
            Assert.NotEqual(ProofLookup.Present, proof.TryOpenChild([.. name, 9], out _));

            ReadProofBuilder rootOnly = new();
            rootOnly.Add(state.Main, ChildTries.RootKey(name));
            Assert.True(TrieProof.TryOpen(rootOnly.Encode(), state.Root, ProofPolicy.Minimal, out proof, out _));
            Assert.Equal(ProofLookup.MissingNode, proof.TryOpenChild(name, out _));
        }
    }

    [Fact]
    public void AnEmptyTrieProvesThatNothingIsThere()
    {
        TrieProof proof = Open(MerkleTrie.Empty(StateVersion.V1), [1]);
        Assert.Equal(ProofLookup.Absent, proof.TryGet([], out _));
        Assert.Equal(ProofLookup.Absent, proof.TryGet([1], out _));
        Assert.Equal(ProofLookup.Absent, proof.TryGetClosestDescendant([], out _));
        Assert.False(proof.Enumerate([]).MoveNext());
    }

    internal static TrieProof Open(MerkleTrie trie, byte[] key)
    {
        ReadProofBuilder builder = new();
        builder.Add(trie, key);
        Assert.Equal(ReadProofBuilder.Encode(builder.Nodes), builder.Encode());
        Assert.True(TrieProof.TryOpen(builder.Encode(), trie.Root, ProofPolicy.Minimal, out TrieProof? proof, out ProofError error), error.ToString());
        return proof;
    }

    internal static (MerkleTrie Trie, SortedDictionary<string, byte[]> Content) SmallTrie(StateVersion version)
    {
        SortedDictionary<string, byte[]> content = new(StringComparer.Ordinal);
        for (int index = 0; index < TrieData.Keys.Count; index++)
        {
            if (index % 3 != 0) content[TrieData.Hex(TrieData.Keys[index])] = TrieData.Value(index);
        }

        return (TrieData.Create(content, version), content);
    }

    internal static StateSnapshot StateWithChildren(StateVersion version)
    {
        StateOverlay overlay = new(StateSnapshot.Empty(version));
        foreach (TrieEntry entry in TrieData.Generate(200))
        {
            overlay.Main.Set(entry.Key.Span, entry.Value.Span);
            overlay.Child([1]).Set(entry.Key.Span[..8], entry.Value.Span);
            overlay.Child([1, 2]).Set(entry.Key.Span[8..], entry.Value.Span);
        }

        overlay.Child("small"u8.ToArray()).Set([7], [8]);
        return overlay.ToSnapshot();
    }
}
