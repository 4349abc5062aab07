using System.Buffers.Binary;
using Phala.Codec;

namespace Phala.Trie.Nodes;

/// <summary>Writes encoded nodes (Polkadot specification, state storage trie).</summary>
public static class NodeEncoder
{
    /// <summary>The most bytes that <see cref="Encode(in NodeView, Span{byte})"/> can need.</summary>
    public static int MaxSize(scoped in NodeView node) =>
        NodeHeader.MaxSize(node.PartialCount) + node.Partial.Length + sizeof(ushort) + MaxCompactSize + node.Value.Length + node.Children.Length;

    /// <summary>Encodes a node: the inverse of <see cref="NodeView.TryDecode"/>.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int Encode(scoped in NodeView node, Span<byte> target)
    {
        if (node.Kind == NodeKind.Empty)
        {
            target[0] = NodeHeader.EmptyTrie;
            return 1;
        }

        int at = WriteHead(target, node.Kind, node.PartialCount, node.Partial, node.Bitmap, node.Value);
        node.Children.CopyTo(target[at..]);
        return at + node.Children.Length;
    }

    internal const int MaxCompactSize = 5;

    /// <summary>The most bytes that all but the children can need.</summary>
    internal static int MaxHeadSize(int partialCount, int valueLength) =>
        NodeHeader.MaxSize(partialCount) + Nibbles.ByteCount(partialCount) + sizeof(ushort) + MaxCompactSize + Math.Max(valueLength, Hash256.Size);

    /// <summary>Writes all of a node but its children.</summary>
    /// <param name="target">At least <see cref="MaxHeadSize"/> bytes.</param>
    /// <param name="kind">A leaf or branch.</param>
    /// <param name="partialCount">Number of half bytes of the partial key.</param>
    /// <param name="partial">The partial key, packed.</param>
    /// <param name="bitmap">Which children exist; for branches.</param>
    /// <param name="value">The value, or its digest if the kind says so.</param>
    /// <returns>The number of bytes written.</returns>
    internal static int WriteHead(Span<byte> target, NodeKind kind, int partialCount, ReadOnlySpan<byte> partial, ushort bitmap, ReadOnlySpan<byte> value)
    {
        int at = NodeHeader.Write(target, kind, partialCount);
        partial.CopyTo(target[at..]);
        at += partial.Length;
        if (kind >= NodeKind.Branch)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(target[at..], bitmap);
            at += sizeof(ushort);
        }

        if (kind is NodeKind.Leaf or NodeKind.BranchWithValue)
        {
            ScaleWriter length = new(target.Slice(at, MaxCompactSize));
            length.WriteCompact((uint)value.Length);
            at += length.Length;
        }

        value.CopyTo(target[at..]);
        return at + value.Length;
    }

    /// <summary>Encodes a node of a trie in memory. Its children's Merkle values must be known.</summary>
    /// <param name="node">The node.</param>
    /// <param name="valueDigest">The digest of a leaf's value where the version commits to that; else empty.</param>
    /// <param name="target">At least <see cref="MaxSize(TrieNode)"/> bytes.</param>
    internal static int Encode(TrieNode node, ReadOnlySpan<byte> valueDigest, Span<byte> target)
    {
        if (node.IsLeaf)
        {
            Leaf leaf = node.Leaf;
            return valueDigest.IsEmpty
                ? WriteHead(target, NodeKind.Leaf, leaf.PartialCount, leaf.Partial, 0, leaf.Value)
                : WriteHead(target, NodeKind.LeafWithHashedValue, leaf.PartialCount, leaf.Partial, 0, valueDigest);
        }

        Branch branch = node.Branch;
        NodeKind kind = branch.Value switch
        {
            null => NodeKind.Branch,
            { Digest: null } => NodeKind.BranchWithValue,
            _ => NodeKind.BranchWithHashedValue,
        };
        ReadOnlySpan<byte> value = branch.Value is null ? default : branch.Value.Digest ?? branch.Value.Bytes;
        int at = WriteHead(target, kind, branch.Path.Count, branch.Path.Packed, branch.Bitmap, value);
        return at + CopyChildren(branch.Slots, target[at..]);
    }

    /// <summary>The most bytes that a node of a trie in memory can need.</summary>
    internal static int MaxSize(TrieNode node)
    {
        if (node.IsLeaf) return MaxHeadSize(node.Leaf.PartialCount, node.Leaf.Value.Length);
        Branch branch = node.Branch;
        return MaxHeadSize(branch.Path.Count, branch.Value?.Bytes.Length ?? 0) + branch.Slots.Length;
    }

    /// <summary>Copies slots of children one after another, each as long as it is.</summary>
    /// <returns>The number of bytes written.</returns>
    internal static int CopyChildren(ReadOnlySpan<byte> slots, Span<byte> target)
    {
        // Slots are written whole; where a Merkle value is short the next slot is written over the rest.
        int at = 0;
        for (; !slots.IsEmpty; slots = slots[Branch.SlotSize..])
        {
            slots[..Branch.SlotSize].CopyTo(target[at..]);
            at += 1 + (slots[0] >> 2);
        }

        return at;
    }
}
