using System.Diagnostics.CodeAnalysis;
using Phala.Trie;

namespace Phala.Node.Storage;

/// <summary>The finalized head and everything above it.</summary>
/// <remarks><b>Invariant.</b> A tree whose root is the finalized head; the best block is in it.</remarks>
internal sealed class BlockTree
{
    private readonly Dictionary<Hash256, BlockNode> _nodes = [];

    /// <summary>A tree of one block.</summary>
    public BlockTree(Hash256 finalized, uint number)
    {
        Root = Best = new BlockNode(finalized, number, null);
        _nodes.Add(finalized, Root);
    }

    /// <summary>The finalized head.</summary>
    public BlockNode Root { get; private set; }

    /// <summary>The best block.</summary>
    public BlockNode Best { get; private set; }

    /// <summary>The blocks that have no children.</summary>
    public IEnumerable<BlockNode> Leaves => _nodes.Values.Where(node => node.Children.Count == 0);

    /// <summary>Finds a block.</summary>
    public bool TryGet(in Hash256 hash, [NotNullWhen(true)] out BlockNode? node) => _nodes.TryGetValue(hash, out node);

    /// <summary>Puts a block on its parent.</summary>
    public void Add(in Hash256 hash, BlockNode parent)
    {
        BlockNode node = new(hash, parent.Number + 1, parent);
        parent.Children.Add(node);
        _nodes.Add(hash, node);
    }

    /// <summary>Makes a block the best one.</summary>
    public void SetBest(BlockNode node) => Best = node;

    /// <summary>The block with this number on the way to the best one; null outside of the tree.</summary>
    public BlockNode? Canonical(uint number)
    {
        if (number < Root.Number || number > Best.Number) return null;
        BlockNode node = Best;
        while (node.Number > number) node = node.Parent!;
        return node;
    }

    /// <summary>The blocks from the finalized head, without it, to this one.</summary>
    public IReadOnlyList<BlockNode> PathTo(BlockNode node)
    {
        List<BlockNode> path = [];
        for (BlockNode? each = node; each is not null && each != Root; each = each.Parent) path.Add(each);
        path.Reverse();
        return path;
    }

    /// <summary>The blocks that are neither on the way to this one nor above it.</summary>
    public IReadOnlyList<BlockNode> Losers(BlockNode node)
    {
        HashSet<BlockNode> kept = [.. PathTo(node), Root];
        Stack<BlockNode> above = new(node.Children);
        while (above.TryPop(out BlockNode? each))
        {
            kept.Add(each);
            foreach (BlockNode child in each.Children) above.Push(child);
        }

        return [.. _nodes.Values.Where(each => !kept.Contains(each)).OrderBy(each => each.Number)];
    }

    /// <summary>Whether a block is this one or above it.</summary>
    public static bool IsAtOrAbove(BlockNode node, BlockNode other)
    {
        BlockNode? each = node;
        while (each is not null && each.Number > other.Number) each = each.Parent;
        return each == other;
    }

    /// <summary>Makes a block the root; what lies below it and beside it goes.</summary>
    public void Finalize(BlockNode node)
    {
        IReadOnlyList<BlockNode> losers = Losers(node), path = PathTo(node);
        if (!IsAtOrAbove(Best, node)) Best = node;
        foreach (BlockNode each in losers) _nodes.Remove(each.Hash);
        if (path.Count > 0) _nodes.Remove(Root.Hash);
        foreach (BlockNode each in path)
        {
            if (each != node) _nodes.Remove(each.Hash);
        }

        node.Parent = null;
        Root = node;
    }
}
