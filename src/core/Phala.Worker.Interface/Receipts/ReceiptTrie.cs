using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.Worker.Interface.Receipts;

/// <summary>The receipts of an entry under one root: a trie of version 1 that holds receipt i under SCALE compact i.</summary>
public static class ReceiptTrie
{
    /// <summary>The root of receipts; of none that of the empty trie.</summary>
    public static Hash256 Root(ReadOnlySpan<Receipt> receipts)
    {
        ReadOnlyMemory<byte>[] items = new ReadOnlyMemory<byte>[receipts.Length];
        for (int at = 0; at < items.Length; at++) items[at] = Scale.Encode(receipts[at]);
        return TrieRoot.ComputeOrdered(items, StateVersion.V1);
    }

    /// <summary>Proves that a receipt is under the root: <c>Vec&lt;Vec&lt;u8&gt;&gt;</c>.</summary>
    /// <param name="receipts">All receipts of the entry.</param>
    /// <param name="index">The receipt's place.</param>
    public static byte[] Prove(ReadOnlySpan<Receipt> receipts, uint index)
    {
        TrieEntry[] entries = new TrieEntry[receipts.Length];
        for (int at = 0; at < entries.Length; at++) entries[at] = new TrieEntry(Key((uint)at), Scale.Encode(receipts[at]));
        ReadProofBuilder builder = new();
        builder.Add(MerkleTrie.Create(entries, StateVersion.V1), Key(index));
        return builder.Encode();
    }

    /// <summary>Whether a proof shows a receipt under a root. Any bytes give an answer.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="root">The root.</param>
    /// <param name="index">The receipt's place.</param>
    /// <param name="receipt">The receipt.</param>
    public static bool Proves(ReadOnlyMemory<byte> proof, in Hash256 root, uint index, Receipt receipt) =>
        TrieProof.TryOpen(proof, root, ProofPolicy.Tolerant, out TrieProof? opened, out _)
        && opened.TryGet(Key(index), out ReadOnlySpan<byte> value) == ProofLookup.Present
        && value.SequenceEqual(Scale.Encode(receipt));

    private static byte[] Key(uint index)
    {
        byte[] key = new byte[ScaleWriter.CompactLength(index)];
        ScaleWriter writer = new(key.AsSpan());
        writer.WriteCompact(index);
        return key;
    }
}
