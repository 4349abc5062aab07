namespace Phala.Trie.Nodes;

/// <summary>The shapes of an encoded node, told by the header's first bits (Polkadot specification, state storage trie).</summary>
public enum NodeKind
{
    /// <summary>The root of a trie without entries: the byte 0x00.</summary>
    Empty = 0,

    /// <summary>No children; the value itself. Header 01pppppp.</summary>
    Leaf,

    /// <summary>No children; the value's digest (V1). Header 001ppppp.</summary>
    LeafWithHashedValue,

    /// <summary>Children; no value. Header 10pppppp.</summary>
    Branch,

    /// <summary>Children; the value itself. Header 11pppppp.</summary>
    BranchWithValue,

    /// <summary>Children; the value's digest (V1). Header 0001pppp.</summary>
    BranchWithHashedValue,
}
