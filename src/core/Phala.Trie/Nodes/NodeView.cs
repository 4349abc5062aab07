using System.Buffers.Binary;
using System.Numerics;
using Phala.Codec;

namespace Phala.Trie.Nodes;

/// <summary>
/// An encoded node, read in place (Polkadot specification, state storage trie). Decoding is total, costs at most time proportional to the length and
/// allocates nothing; what it accepts is the one encoding of that node. Children that are nodes themselves (below 32 bytes) are not looked into.
/// </summary>
public readonly ref struct NodeView
{
    /// <summary>The most half bytes of a partial key: the bound of the reference implementation, above which its decoder refuses a node too.</summary>
    public const int MaxPartialCount = ushort.MaxValue;

    private NodeView(NodeKind kind, int partialCount, ReadOnlySpan<byte> partial, ushort bitmap, ReadOnlySpan<byte> value, ReadOnlySpan<byte> children)
    {
        Kind = kind;
        PartialCount = partialCount;
        Partial = partial;
        Bitmap = bitmap;
        Value = value;
        Children = children;
    }

    /// <summary>The node's shape.</summary>
    public NodeKind Kind { get; }

    /// <summary>Number of half bytes of the partial key.</summary>
    public int PartialCount { get; }

    /// <summary>The partial key, two half bytes to a byte; if their number is odd the first high half is zero.</summary>
    public ReadOnlySpan<byte> Partial { get; }

    /// <summary>Bit i is set where child i exists.</summary>
    public ushort Bitmap { get; }

    /// <summary>The value, or its digest of 32 bytes where <see cref="HasHashedValue"/>.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>The children that exist, in order: compact length and Merkle value of each.</summary>
    public ReadOnlySpan<byte> Children { get; }

    /// <summary>Whether a key ends at this node.</summary>
    public bool HasValue => Kind is NodeKind.Leaf or NodeKind.BranchWithValue || HasHashedValue;

    /// <summary>Whether the node holds the value's digest and not the value.</summary>
    public bool HasHashedValue => Kind is NodeKind.LeafWithHashedValue or NodeKind.BranchWithHashedValue;

    /// <summary>Whether the node can have children.</summary>
    public bool IsBranch => Kind is NodeKind.Branch or NodeKind.BranchWithValue or NodeKind.BranchWithHashedValue;

    /// <summary>The Merkle value of child <paramref name="nibble"/>; empty where there is none.</summary>
    public ReadOnlySpan<byte> Child(int nibble)
    {
        if ((Bitmap & (1 << nibble)) == 0) return default;
        int rank = BitOperations.PopCount(Bitmap & ((1u << nibble) - 1));
        ReadOnlySpan<byte> rest = Children;

        // All children are digests: a shorter one would leave the whole shorter, as none is longer.
        if (rest.Length == BitOperations.PopCount(Bitmap) * Branch.SlotSize) return rest.Slice((rank * Branch.SlotSize) + 1, Hash256.Size);
        for (; rank > 0; rank--) rest = rest[(1 + (rest[0] >> 2))..];
        return rest.Slice(1, rest[0] >> 2);
    }

    /// <summary>Decodes a node that takes up all of the bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, out NodeView node, out NodeError error)
    {
        node = default;
        error = TryReadHeader(encoded, out NodeKind kind, out int partialCount, out int at);
        if (error != NodeError.None) return false;
        if (kind == NodeKind.Empty)
        {
            error = encoded.Length == 1 ? NodeError.None : NodeError.TrailingBytes;
            return error == NodeError.None;
        }

        ReadOnlySpan<byte> rest = encoded[at..];
        int partialBytes = Nibbles.ByteCount(partialCount);
        if (rest.Length < partialBytes) return Fail(NodeError.Truncated, out error);
        ReadOnlySpan<byte> partial = rest[..partialBytes];
        if ((partialCount & 1) != 0 && partial[0] > 0x0F) return Fail(NodeError.BadPadding, out error);
        rest = rest[partialBytes..];

        ushort bitmap = 0;
        if (kind >= NodeKind.Branch)
        {
            if (rest.Length < sizeof(ushort)) return Fail(NodeError.Truncated, out error);
            bitmap = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            if (bitmap == 0) return Fail(NodeError.NoChildren, out error);
            rest = rest[sizeof(ushort)..];
        }

        error = TryReadValue(kind, ref rest, out ReadOnlySpan<byte> value);
        if (error == NodeError.None) error = CheckChildren(rest, BitOperations.PopCount(bitmap));
        node = new NodeView(kind, partialCount, partial, bitmap, value, rest);
        return error == NodeError.None;
    }

    private static bool Fail(NodeError reason, out NodeError error)
    {
        error = reason;
        return false;
    }

    private static NodeError TryReadHeader(ReadOnlySpan<byte> encoded, out NodeKind kind, out int partialCount, out int at)
    {
        (kind, partialCount, at) = (NodeKind.Empty, 0, 1);
        if (encoded.IsEmpty) return NodeError.Truncated;
        byte header = encoded[0];
        if (header == NodeHeader.EmptyTrie) return NodeError.None;
        if (!NodeHeader.TryGetKind(header, out kind)) return NodeError.UnknownHeader;

        int mask = NodeHeader.CountMask(kind);
        partialCount = header & mask;
        if (partialCount < mask) return NodeError.None;
        while (at < encoded.Length)
        {
            byte more = encoded[at++];
            partialCount += more;
            if (partialCount > MaxPartialCount) return NodeError.PartialTooLong;
            if (more < byte.MaxValue) return NodeError.None;
        }

        return NodeError.Truncated;
    }

    private static NodeError TryReadValue(NodeKind kind, scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (kind == NodeKind.Branch) return NodeError.None;
        int length = Hash256.Size;
        if (kind is NodeKind.Leaf or NodeKind.BranchWithValue)
        {
            ScaleReader reader = new(rest);
            if (!reader.TryReadCompactUInt32(out uint compact)) return reader.Error == ScaleError.UnexpectedEnd ? NodeError.Truncated : NodeError.BadLength;
            if (compact > (uint)reader.Rest.Length) return NodeError.Truncated;
            length = (int)compact;
            rest = reader.Rest;
        }

        if (rest.Length < length) return NodeError.Truncated;
        value = rest[..length];
        rest = rest[length..];
        return NodeError.None;
    }

    private static NodeError CheckChildren(ReadOnlySpan<byte> rest, int count)
    {
        for (; count > 0; count--)
        {
            if (rest.IsEmpty) return NodeError.Truncated;
            int length = rest[0] >> 2;
            if ((rest[0] & 3) != 0 || length is 0 or > Hash256.Size) return NodeError.BadChild;
            if (rest.Length <= length) return NodeError.Truncated;
            rest = rest[(1 + length)..];
        }

        return rest.IsEmpty ? NodeError.None : NodeError.TrailingBytes;
    }
}
