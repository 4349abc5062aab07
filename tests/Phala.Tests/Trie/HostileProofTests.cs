using Phala.Crypto.Hashing;
using Phala.Trie;
using Phala.Trie.Proofs;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Trie;

/// <summary>Proofs that somebody has tampered with. A proof may say less than it did; it must never say something else.</summary>
public sealed class HostileProofTests
{
    [Theory]
    [InlineData(StateVersion.V0)]
    [InlineData(StateVersion.V1)]
    public void AFlippedBitInAnyNodeIsRefused(StateVersion version)
    {
        (TrieEntry[] entries, MerkleTrie trie, List<byte[]> nodes) = Proof(version);
        int cases = 0;
        for (int node = 0; node < nodes.Count; node++)
        {
            for (int bit = node % 3; bit < nodes[node].Length * 8; bit += 3)
            {
                nodes[node][bit / 8] ^= (byte)(1 << (bit % 8));
                byte[] encoded = ReadProofBuilder.Encode(nodes);
                Assert.False(TrieProof.TryOpen(encoded, trie.Root, ProofPolicy.Minimal, out _, out ProofError error));
                Assert.Equal(node == 0 ? ProofError.MissingRoot : ProofError.UnneededEntry, error);
                if (TrieProof.TryOpen(encoded, trie.Root, ProofPolicy.Tolerant, out TrieProof? proof, out _)) NeverWrong(proof, entries, expectMissing: true);
                nodes[node][bit / 8] ^= (byte)(1 << (bit % 8));
                cases++;
            }
        }

        Assert.True(cases > 5000);
    }

    [Theory]
    [InlineData(StateVersion.V0)]
    [InlineData(StateVersion.V1)]
    public void ANodeRemovedDoubledOrAddedIsNoticed(StateVersion version)
    {
        (TrieEntry[] entries, MerkleTrie trie, List<byte[]> nodes) = Proof(version);
        for (int node = 0; node < nodes.Count; node++)
        {
            byte[] removed = ReadProofBuilder.Encode([.. nodes.Take(node), .. nodes.Skip(node + 1)]);
            if (TrieProof.TryOpen(removed, trie.Root, ProofPolicy.Minimal, out TrieProof? less, out ProofError error)) NeverWrong(less, entries, expectMissing: true);
            else Assert.Equal(node == 0 ? ProofError.MissingRoot : ProofError.UnneededEntry, error);
            if (node != 0)
            {
                Assert.True(TrieProof.TryOpen(removed, trie.Root, ProofPolicy.Tolerant, out less, out _));
                NeverWrong(less, entries, expectMissing: true);
            }

            byte[] doubled = ReadProofBuilder.Encode([.. nodes, nodes[node]]);
            Refused(doubled, trie.Root, ProofError.DuplicateEntry);
            Assert.True(TrieProof.TryOpen(doubled, trie.Root, ProofPolicy.Tolerant, out TrieProof? more, out _));
            NeverWrong(more, entries, expectMissing: false);
        }

        byte[] extended = ReadProofBuilder.Encode([.. nodes, new byte[50]]);
        Refused(extended, trie.Root, ProofError.UnneededEntry);
        Assert.True(TrieProof.TryOpen(extended, trie.Root, ProofPolicy.Tolerant, out TrieProof? padded, out _));
        NeverWrong(padded, entries, expectMissing: false);
        nodes.Reverse();
        Assert.True(TrieProof.TryOpen(ReadProofBuilder.Encode(nodes), trie.Root, ProofPolicy.Minimal, out TrieProof? reversed, out _));
        NeverWrong(reversed, entries, expectMissing: false);
    }

    [Fact]
    public void EachReasonToRefuseAProofHasItsCase()
    {
        (_, MerkleTrie trie, List<byte[]> nodes) = Proof(StateVersion.V1);
        byte[] good = ReadProofBuilder.Encode(nodes);
        foreach (ProofPolicy policy in Enum.GetValues<ProofPolicy>())
        {
            Refused([], trie.Root, ProofError.BadEncoding, policy);
            Refused(good[..^1], trie.Root, ProofError.BadEncoding, policy);
            Refused([.. good, 0], trie.Root, ProofError.BadEncoding, policy);
            Refused([0x02, 0x00, 0xFF, 0xFF], trie.Root, ProofError.BadEncoding, policy);
            Refused([0], trie.Root, ProofError.MissingRoot, policy);
            Refused(good, TrieRoot.Empty, ProofError.MissingRoot, policy);
            Refused(ReadProofBuilder.Encode([[], []]), trie.Root, ProofError.TooManyShortEntries, policy);
            Refused(ReadProofBuilder.Encode([[0x01]]), Digest([0x01]), ProofError.BadNode, policy);
            Refused(ReadProofBuilder.Encode([TrieData.Bytes("80010004ff")]), Digest(TrieData.Bytes("80010004ff")), ProofError.BadNode, policy);
        }
    }

    /// <summary>A node is read by the digest that names it: the entry's place, or another trie's root, lends it no meaning.</summary>
    [Fact]
    public void AChildTrieIsOpenedByTheRootInItsOwnKeyOnly()
    {
        StateSnapshot state = ReadProofTests.StateWithChildren(StateVersion.V1);
        MerkleTrie child = state.Child([1]);
        MerkleTrie forged = state.Main.Apply(TrieDelta.Create([TrieChange.Set(new byte[] { 1 }, child.Root.AsSpan().ToArray())]));
        ReadProofBuilder builder = new();
        builder.Add(forged, [1]);
        builder.Add(child, new byte[8]);
        Refused(builder.Encode(), forged.Root, ProofError.UnneededEntry);
        Assert.True(TrieProof.TryOpen(builder.Encode(), forged.Root, ProofPolicy.Tolerant, out TrieProof? proof, out _));
        Assert.NotEqual(ProofLookup.Present, proof.TryOpenChild([1], out _));
        Assert.NotEqual(ProofLookup.Present, proof.TryOpenChild([], out _));
        Assert.False(TrieProof.TryOpen(builder.Encode(), state.Root, ProofPolicy.Tolerant, out _, out ProofError error));
        Assert.Equal(ProofError.MissingRoot, error);
    }

    /// <summary>Values that commit to one another could make a reader run in circles or fan out; each entry is entered once.</summary>
    [Fact]
    public void LargeProofsCostMemoryInProportion()
    {
        foreach (int length in (int[])[0, 1, 31, 32, 33, 64])
        {
            byte[][] junk = [.. Enumerable.Range(0, 50_000).Select(number => { byte[] entry = new byte[length]; BitConverter.TryWriteBytes(entry, number); return entry; })];
            byte[] encoded = ReadProofBuilder.Encode(junk);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.False(TrieProof.TryOpen(encoded, TrieRoot.Empty, ProofPolicy.Tolerant, out _, out ProofError error));
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(length < 32 ? ProofError.TooManyShortEntries : ProofError.MissingRoot, error);
            Assert.True(allocated <= 2L * encoded.Length, $"{allocated} bytes for {encoded.Length}");
        }
    }

    /// <summary>Sixteen times the same child, thirty levels deep: an exponential trie in thirty nodes opens at once.</summary>
    [Fact]
    public void ATrieThatRefersToItselfManyTimesIsWalkedOnce()
    {
        List<byte[]> nodes = [[0x40, 0x80, .. new byte[32]]];
        for (int level = 0; level < 30; level++)
        {
            byte[] child = Digest(nodes[^1]).AsSpan().ToArray();
            nodes.Add([0x80, 0xFF, 0xFF, .. Enumerable.Range(0, 16).SelectMany(_ => (byte[])[0x80, .. child])]);
        }

        Assert.True(TrieProof.TryOpen(ReadProofBuilder.Encode(nodes), Digest(nodes[^1]), ProofPolicy.Minimal, out TrieProof? proof, out _));
        Assert.Equal(ProofLookup.Present, proof.TryGet(new byte[15], out ReadOnlySpan<byte> value));
        Assert.Equal(32, value.Length);
    }

    private static (TrieEntry[] Shown, MerkleTrie Trie, List<byte[]> Nodes) Proof(StateVersion version)
    {
        TrieEntry[] entries = TrieData.Generate(400);
        MerkleTrie trie = MerkleTrie.Create(entries, version);
        ReadProofBuilder builder = new();
        foreach (TrieEntry entry in entries.AsSpan(0, 5)) builder.Add(trie, entry.Key.Span);
        builder.Add(trie, new byte[32]);
        return (entries[..5], trie, [.. builder.Nodes]);
    }

    private static void NeverWrong(TrieProof proof, TrieEntry[] shown, bool expectMissing)
    {
        bool missing = proof.TryGet(new byte[32], out _) is var absent && absent != ProofLookup.Absent;
        Assert.NotEqual(ProofLookup.Present, absent);
        foreach (TrieEntry entry in shown)
        {
            ProofLookup found = proof.TryGet(entry.Key.Span, out ReadOnlySpan<byte> value);
            Assert.NotEqual(ProofLookup.Absent, found);
            if (found == ProofLookup.Present) Assert.True(value.SequenceEqual(entry.Value.Span));
            else missing = true;
        }

        Assert.Equal(expectMissing, missing);
    }

    private static void Refused(byte[] encoded, Hash256 root, ProofError reason, ProofPolicy policy = ProofPolicy.Minimal)
    {
        Assert.False(TrieProof.TryOpen(encoded, root, policy, out _, out ProofError error));
        Assert.Equal(reason, error);
    }

    private static Hash256 Digest(byte[] message)
    {
        byte[] digest = new byte[32];
        Blake2b.Hash256(message, digest);
        return new Hash256(digest);
    }
}
