using System.Numerics;

namespace Phala.Trie.Nodes;

/// <summary>
/// A node with children. It keeps the Merkle values of its children beside one another and in encoded form, so that hashing it again after a change
/// touches none of the children that did not change. Written only while the batch that creates it runs; frozen from then on.
/// </summary>
internal sealed class Branch(NibblePath path, ushort bitmap, TrieNode[] children, byte[] slots, BranchValue? value)
{
    /// <summary>One child's part of the encoding: a compact length (one byte, as no Merkle value is longer than 32) and room for 32 bytes.</summary>
    public const int SlotSize = 1 + Hash256.Size;

    /// <summary>The partial key above the fork.</summary>
    public NibblePath Path => path;

    /// <summary>Bit i is set where child i exists.</summary>
    public ushort Bitmap => bitmap;

    /// <summary>The children that exist, in order.</summary>
    public TrieNode[] Children => children;

    /// <summary>The children's Merkle values: <see cref="SlotSize"/> bytes each, in the order of <see cref="Children"/>.</summary>
    public byte[] Slots => slots;

    /// <summary>The value of the key that ends here, or null.</summary>
    public BranchValue? Value => value;

    /// <summary>Where child <paramref name="nibble"/> stands among the children that exist.</summary>
    public int RankOf(int nibble) => BitOperations.PopCount(bitmap & ((1u << nibble) - 1));

    /// <summary>Whether child <paramref name="nibble"/> exists.</summary>
    public bool Has(int nibble) => (bitmap & (1 << nibble)) != 0;

    /// <summary>Child <paramref name="nibble"/>, or the empty node.</summary>
    public TrieNode Child(int nibble) => Has(nibble) ? children[RankOf(nibble)] : default;

    /// <summary>The Merkle value of the child of this rank: its encoding if that is below 32 bytes, else its BLAKE2b-256 digest.</summary>
    public ReadOnlySpan<byte> MerkleValue(int rank) => slots.AsSpan((rank * SlotSize) + 1, slots[rank * SlotSize] >> 2);

    /// <summary>The same fork below another partial key.</summary>
    public Branch WithPath(NibblePath newPath) => new(newPath, bitmap, children, slots, value);
}
