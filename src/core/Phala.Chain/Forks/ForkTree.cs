using System.Diagnostics.CodeAnalysis;
using Phala.Trie;

namespace Phala.Chain.Forks;

/// <summary>The blocks that may become final: a tree above the last final one.</summary>
/// <remarks>
/// <para><b>Concept.</b> Blocks enter above their parents. The best block is the highest one, of several the first that came. Finalizing a block makes it the root; what does
/// not descend from it leaves the tree.</para>
/// <para><b>Invariant.</b> Every block but the root has its parent in the tree and a number one above it; no block is there twice; there are never more blocks than the
/// capacity; the best block is never below the root.</para>
/// <para><b>Trust.</b> None: blocks are verified before they enter. Inserting is O(1); finding out the best block again, after its branch was pruned, and finalizing are O(blocks).</para>
/// </remarks>
/// <typeparam name="T">What is kept with each block, such as its state.</typeparam>
public sealed class ForkTree<T>
{
    private readonly Dictionary<Hash256, ForkNode<T>> _nodes = [];
    private long _inserted;

    /// <summary>A tree of one block.</summary>
    /// <param name="root">The last final block.</param>
    /// <param name="value">What is kept with it.</param>
    /// <param name="capacity">The most blocks that the tree may hold, the root included.</param>
    public ForkTree(BlockId root, T value, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        Root = Best = new ForkNode<T>(root, null, value, _inserted++);
        _nodes.Add(root.Hash, Root);
    }

    /// <summary>The last final block.</summary>
    public ForkNode<T> Root { get; private set; }

    /// <summary>The end of the longest chain; of several, the one that came first.</summary>
    public ForkNode<T> Best { get; private set; }

    /// <summary>The number of blocks, the root included.</summary>
    public int Count => _nodes.Count;

    /// <summary>The most blocks that the tree may hold.</summary>
    public int Capacity { get; }

    /// <summary>The blocks without children, in no particular order.</summary>
    public IEnumerable<ForkNode<T>> Leaves => _nodes.Values.Where(static node => node.Branches.Count == 0);

    /// <summary>Finds a block.</summary>
    public bool TryGet(in Hash256 hash, [NotNullWhen(true)] out ForkNode<T>? node) => _nodes.TryGetValue(hash, out node);

    /// <summary>Adds a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="parent">The hash of the block before.</param>
    /// <param name="value">What is kept with it.</param>
    /// <returns><see cref="ForkTreeError.None"/>, or why it was not added.</returns>
    public ForkTreeError TryInsert(in BlockId block, in Hash256 parent, T value)
    {
        if (_nodes.ContainsKey(block.Hash)) return ForkTreeError.AlreadyKnown;
        if (!_nodes.TryGetValue(parent, out ForkNode<T>? below)) return ForkTreeError.UnknownParent;
        if (block.Number != (ulong)below.Block.Number + 1) return ForkTreeError.WrongNumber;
        if (Count == Capacity) return ForkTreeError.Full;

        ForkNode<T> node = new(block, below, value, _inserted++);
        _nodes.Add(block.Hash, node);
        below.Branches.Add(node);
        if (IsBetter(node, Best)) Best = node;
        return ForkTreeError.None;
    }

    /// <summary>A block and the blocks before it, down to the root; nothing where it is not there.</summary>
    public IEnumerable<ForkNode<T>> Ancestry(Hash256 hash)
    {
        for (ForkNode<T>? node = _nodes.GetValueOrDefault(hash); node is not null; node = node.Parent) yield return node;
    }

    /// <summary>Whether a block is another or lies below it. False where one of them is not there.</summary>
    public bool IsAncestorOrSame(in Hash256 ancestor, in Hash256 descendant)
    {
        if (!TryGet(ancestor, out ForkNode<T>? low) || !TryGet(descendant, out ForkNode<T>? node)) return false;
        while (node.Block.Number > low.Block.Number) node = node.Parent!;
        return node == low;
    }

    /// <summary>The way from one block to another.</summary>
    /// <returns>False where one of them is not there.</returns>
    public bool TryRoute(in Hash256 from, in Hash256 to, [NotNullWhen(true)] out ForkRoute<T>? route)
    {
        route = null;
        if (!TryGet(from, out ForkNode<T>? left) || !TryGet(to, out ForkNode<T>? right)) return false;
        List<ForkNode<T>> retracted = [], enacted = [];
        while (left != right)
        {
            if (left.Block.Number >= right.Block.Number)
            {
                retracted.Add(left);
                left = left.Parent!;
            }
            else
            {
                enacted.Add(right);
                right = right.Parent!;
            }
        }

        enacted.Reverse();
        route = new ForkRoute<T>(retracted, left, enacted);
        return true;
    }

    /// <summary>Makes a block the root. What does not descend from it leaves the tree.</summary>
    /// <param name="hash">The block; the root itself changes nothing.</param>
    /// <param name="finality">What became final and what left.</param>
    /// <returns>False where the block is not there.</returns>
    public bool TryFinalize(in Hash256 hash, [NotNullWhen(true)] out ForkFinality<T>? finality)
    {
        finality = null;
        if (!TryGet(hash, out ForkNode<T>? target)) return false;
        List<ForkNode<T>> finalized = [], pruned = [];
        for (ForkNode<T> node = target; node != Root; node = node.Parent!) finalized.Add(node);
        finalized.Reverse();

        ForkNode<T> below = Root;
        foreach (ForkNode<T> node in finalized)
        {
            foreach (ForkNode<T> branch in below.Branches)
            {
                if (branch != node) Prune(branch, pruned);
            }

            _nodes.Remove(below.Block.Hash);
            below = node;
        }

        (Root, target.Parent) = (target, null);
        if (!_nodes.ContainsKey(Best.Block.Hash)) Best = FindBest();
        finality = new ForkFinality<T>(finalized, pruned);
        return true;
    }

    private static bool IsBetter(ForkNode<T> node, ForkNode<T> than) =>
        node.Block.Number > than.Block.Number || (node.Block.Number == than.Block.Number && node.Order < than.Order);

    private void Prune(ForkNode<T> branch, List<ForkNode<T>> pruned)
    {
        int next = pruned.Count;
        pruned.Add(branch);
        for (; next < pruned.Count; next++)
        {
            pruned.AddRange(pruned[next].Branches);
            _nodes.Remove(pruned[next].Block.Hash);
        }
    }

    private ForkNode<T> FindBest()
    {
        ForkNode<T> best = Root;
        foreach (ForkNode<T> node in _nodes.Values)
        {
            if (IsBetter(node, best)) best = node;
        }

        return best;
    }
}
