namespace Phala.Trie.Nodes;

/// <summary>The first byte of an encoded node: its kind, and as much of the partial key's length as fits.</summary>
internal static class NodeHeader
{
    /// <summary>The whole encoding of a trie without entries.</summary>
    public const byte EmptyTrie = 0x00;

    /// <summary>From this length on, V1 commits to a value by its digest.</summary>
    public const int HashedValueLength = 33;

    /// <summary>Bits of the header that count half bytes; all of them set means that the count goes on in the next bytes.</summary>
    public static int CountMask(NodeKind kind) => kind switch
    {
        NodeKind.LeafWithHashedValue => 0x1F,
        NodeKind.BranchWithHashedValue => 0x0F,
        _ => 0x3F,
    };

    /// <summary>Tells the kind by the header's first bits.</summary>
    public static bool TryGetKind(byte header, out NodeKind kind)
    {
        kind = header switch
        {
            >= 0xC0 => NodeKind.BranchWithValue,
            >= 0x80 => NodeKind.Branch,
            >= 0x40 => NodeKind.Leaf,
            >= 0x20 => NodeKind.LeafWithHashedValue,
            >= 0x10 => NodeKind.BranchWithHashedValue,
            _ => NodeKind.Empty,
        };
        return header >= 0x10;
    }

    /// <summary>The most bytes that <see cref="Write"/> needs for a partial key of this length.</summary>
    public static int MaxSize(int partialCount) => 2 + (partialCount / byte.MaxValue);

    /// <summary>Writes a header.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int Write(Span<byte> target, NodeKind kind, int partialCount)
    {
        int mask = CountMask(kind);
        byte bits = FirstBits(kind);
        if (partialCount < mask)
        {
            target[0] = (byte)(bits | partialCount);
            return 1;
        }

        target[0] = (byte)(bits | mask);
        int at = 1, rest = partialCount - mask;
        for (; rest >= byte.MaxValue; rest -= byte.MaxValue) target[at++] = byte.MaxValue;
        target[at++] = (byte)rest;
        return at;
    }

    private static byte FirstBits(NodeKind kind) => kind switch
    {
        NodeKind.Leaf => 0x40,
        NodeKind.LeafWithHashedValue => 0x20,
        NodeKind.Branch => 0x80,
        NodeKind.BranchWithValue => 0xC0,
        NodeKind.BranchWithHashedValue => 0x10,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only leaves and branches have a header."),
    };
}
