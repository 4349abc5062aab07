using Phala.Trie;

namespace Phala.Node.Storage;

/// <summary>A block that is not finalized yet, or the finalized head.</summary>
internal sealed class BlockNode(Hash256 hash, uint number, BlockNode? parent)
{
    /// <summary>The block's hash.</summary>
    public Hash256 Hash { get; } = hash;

    /// <summary>The block's number.</summary>
    public uint Number { get; } = number;

    /// <summary>The block before it; none for the finalized head.</summary>
    public BlockNode? Parent { get; set; } = parent;

    /// <summary>The blocks after it, in the order in which they came.</summary>
    public List<BlockNode> Children { get; } = [];
}
