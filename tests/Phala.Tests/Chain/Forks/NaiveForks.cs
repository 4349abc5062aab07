using Phala.Chain;
using Phala.Trie;

namespace Phala.Tests.Chain.Forks;

/// <summary>A tree of blocks as a list in the order of insertion, searched from the front for every question.</summary>
internal sealed class NaiveForks(BlockId root, int capacity)
{
    private List<(BlockId Block, Hash256 Parent)> _blocks = [(root, default)];

    public BlockId Root { get; private set; } = root;

    public IReadOnlyList<BlockId> Blocks => [.. _blocks.Select(each => each.Block)];

    public BlockId Best => _blocks.MaxBy(each => each.Block.Number).Block;

    public bool Insert(BlockId block, Hash256 parent)
    {
        bool isFine = !Has(block.Hash) && Has(parent) && block.Number == Find(parent).Block.Number + 1 && _blocks.Count < capacity;
        if (isFine) _blocks.Add((block, parent));
        return isFine;
    }

    public bool Has(Hash256 hash) => _blocks.Any(each => each.Block.Hash == hash);

    /// <summary>A block and those before it, down to the root.</summary>
    public List<BlockId> Ancestry(Hash256 hash)
    {
        List<BlockId> line = [];
        while (Has(hash))
        {
            (BlockId block, Hash256 parent) = Find(hash);
            line.Add(block);
            hash = block == Root ? default : parent;
        }

        return line;
    }

    public (List<BlockId> Finalized, HashSet<BlockId> Pruned) Finalize(Hash256 hash)
    {
        List<BlockId> line = Ancestry(hash);
        HashSet<BlockId> kept = [.. _blocks.Select(each => each.Block).Where(block => Ancestry(block.Hash).Any(below => below.Hash == hash))];
        HashSet<BlockId> pruned = [.. _blocks.Select(each => each.Block).Where(block => !kept.Contains(block) && !line.Contains(block))];
        Root = Find(hash).Block;
        _blocks = [.. _blocks.Where(each => kept.Contains(each.Block))];
        line.Reverse();
        return (line[1..], pruned);
    }

    private (BlockId Block, Hash256 Parent) Find(Hash256 hash) => _blocks.First(each => each.Block.Hash == hash);
}
