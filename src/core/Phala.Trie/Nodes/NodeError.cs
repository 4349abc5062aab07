namespace Phala.Trie.Nodes;

/// <summary>Why bytes are no encoded node.</summary>
public enum NodeError
{
    /// <summary>They are one.</summary>
    None = 0,

    /// <summary>The bytes end inside the header, the partial key, the bitmap, the value or a child.</summary>
    Truncated,

    /// <summary>The first byte is no header of a node (0x01 to 0x0F).</summary>
    UnknownHeader,

    /// <summary>A partial key of more than <see cref="NodeView.MaxPartialCount"/> half bytes.</summary>
    PartialTooLong,

    /// <summary>A partial key of odd length whose first high half byte is not zero.</summary>
    BadPadding,

    /// <summary>A branch whose bitmap names no child.</summary>
    NoChildren,

    /// <summary>The length of the value is not a compact integer of at most 32 bits in its shortest form.</summary>
    BadLength,

    /// <summary>A child whose Merkle value is empty or longer than 32 bytes.</summary>
    BadChild,

    /// <summary>Bytes follow the node.</summary>
    TrailingBytes,
}
