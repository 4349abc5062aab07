using System.Numerics;
using Phala.Trie.Nodes;

namespace Phala.Trie.Building;

/// <summary>
/// Applies sorted changes to a trie by building the changed nodes anew, each once and from the bottom up; the rest is shared with the old trie.
/// A trie may be as deep as its longest key has half bytes, and strangers choose keys: the way down is kept in a list and not on the thread's stack.
/// </summary>
internal sealed class TrieEdit(StateVersion version) : IDisposable
{
    private readonly NodeHasher _hasher = new(version);

    /// <summary>The forks on the way down, by the number of branches above them; kept for the next way down.</summary>
    private readonly List<Fork> _forks = [];
    private int _touched;

    /// <summary>By how much the number of entries grew.</summary>
    public int CountChange { get; private set; }

    /// <summary>The root node after the changes, its descendants' Merkle values filled in, and its digest.</summary>
    /// <param name="root">The root node before; is returned itself where nothing changes.</param>
    /// <param name="changes">Sorted by key, each key once.</param>
    public (TrieNode Root, Hash256 Digest) Run(TrieNode root, ReadOnlySpan<TrieChange> changes)
    {
        if (changes.Length >= TrieWarmer.LeastChanges) _touched += TrieWarmer.Warm(root, changes);
        TrieNode result = Apply(root, changes);
        _hasher.Flush();
        return (result, _hasher.HashRoot(result));
    }

    /// <inheritdoc/>
    public void Dispose() => _hasher.Dispose();

    /// <summary>Goes through the changed forks from the root down and up again, the ones above being kept in <see cref="_forks"/>.</summary>
    private TrieNode Apply(TrieNode root, ReadOnlySpan<TrieChange> changes)
    {
        if (!TryOpen(root, changes, new Run(0, changes.Length), depth: 0, level: 0, out TrieNode result)) return result;
        for (int level = 0; ;)
        {
            Fork fork = _forks[level];
            if (fork.Changes.IsEmpty)
            {
                result = Close(fork, level);
                if (level == 0) return result;
                fork = _forks[--level];
            }
            else if (TryOpen(fork.Children[fork.TakeRun(changes, out Run run)], changes, run, fork.Depth + 1, level + 1, out result))
            {
                level++;
                continue;
            }

            fork.SetChild(result);
        }
    }

    /// <summary>Applies changes to what is below half byte <paramref name="depth"/>, all of whose keys agree before it; or opens the fork there if that must come first.</summary>
    /// <returns>Whether a fork was opened; if not, <paramref name="result"/> is what the node has become.</returns>
    private bool TryOpen(TrieNode node, ReadOnlySpan<TrieChange> all, Run run, int depth, int level, out TrieNode result)
    {
        if (node.IsEmpty) return TryBuild(all, run, depth, level, out result);
        result = node;
        bool isLeaf = node.IsLeaf;
        int count = isLeaf ? node.Leaf.PartialCount : node.Branch.Path.Count;
        ReadOnlySpan<byte> packed = isLeaf ? node.Leaf.Partial : node.Branch.Path.Packed;
        run = TrimStrayRemovals(all, run, packed, count, depth);
        if (run.IsEmpty) return false;

        int shared = Math.Min(Common(all[run.Start], packed, count, depth), Common(all[run.End - 1], packed, count, depth));
        if (shared < count) OpenInside(node, shared, all, run, depth, level);
        else if (!isLeaf) OpenBranch(node, all, run, depth + count, level);
        else return TryOpenLeaf(node, all, run, depth + count, level, out result);
        return true;
    }

    /// <summary>Drops removals of keys that the node cannot hold, from both ends: what is left at the ends decides whether the node is split.</summary>
    private static Run TrimStrayRemovals(ReadOnlySpan<TrieChange> all, Run run, ReadOnlySpan<byte> packed, int count, int depth)
    {
        while (!run.IsEmpty && all[run.Start].IsRemoval && Common(all[run.Start], packed, count, depth) < count) run.Start++;
        while (!run.IsEmpty && all[run.End - 1].IsRemoval && Common(all[run.End - 1], packed, count, depth) < count) run.End--;
        return run;
    }

    private static int Common(in TrieChange change, ReadOnlySpan<byte> packed, int count, int depth) =>
        Nibbles.CommonWithKey(packed, count, change.Key.Span, depth);

    /// <summary>A subtree out of insertions alone.</summary>
    private bool TryBuild(ReadOnlySpan<TrieChange> all, Run run, int depth, int level, out TrieNode result)
    {
        result = default;
        while (!run.IsEmpty && all[run.Start].IsRemoval) run.Start++;
        while (!run.IsEmpty && all[run.End - 1].IsRemoval) run.End--;
        if (run.IsEmpty) return false;
        ReadOnlySpan<byte> first = all[run.Start].Key.Span;
        if (run.Length == 1)
        {
            CountChange++;
            result = new TrieNode(Leaf.Create(first, depth, all[run.Start].Value.Span).Data);
            return false;
        }

        int shared = Nibbles.Common(first, all[run.End - 1].Key.Span, depth);
        Fork fork = Open(level, default, NibblePath.FromKey(first, depth, shared), value: null);
        Array.Clear(fork.Children);
        TakeValue(fork, all, run, depth + shared);
        return true;
    }

    /// <summary>Some key leaves the node's partial key after <paramref name="shared"/> half bytes: fork there.</summary>
    private void OpenInside(TrieNode node, int shared, ReadOnlySpan<TrieChange> all, Run run, int depth, int level)
    {
        NibblePath path = node.Path;
        Fork fork = Open(level, node, path.Slice(0, shared), value: null);
        Array.Clear(fork.Children);
        fork.Children[path[shared]] = node.WithPath(path.Slice(shared + 1, path.Count - shared - 1));
        TakeValue(fork, all, run, depth + shared);
    }

    private bool TryOpenLeaf(TrieNode node, ReadOnlySpan<TrieChange> all, Run run, int depth, int level, out TrieNode result)
    {
        Leaf leaf = node.Leaf;
        result = node;
        ref readonly TrieChange change = ref all[run.Start];
        if (run.Length > 1 || change.Key.Length * 2 != depth)
        {
            Fork fork = Open(level, node, leaf.Path, _hasher.Value(leaf.Value.ToArray()));
            Array.Clear(fork.Children);
            TakeValue(fork, all, run, depth);
            return true;
        }

        if (change.IsRemoval)
        {
            CountChange--;
            result = default;
        }
        else if (!change.Value.Span.SequenceEqual(leaf.Value))
        {
            result = new TrieNode(Leaf.Create(change.Key.Span, depth - leaf.PartialCount, change.Value.Span).Data);
        }

        return false;
    }

    private void OpenBranch(TrieNode node, ReadOnlySpan<TrieChange> all, Run run, int depth, int level)
    {
        Branch branch = node.Branch;
        Fork fork = Open(level, node, branch.Path, branch.Value);
        fork.Old = branch;
        int rank = 0;
        for (int nibble = 0; nibble < Fork.Radix; nibble++) fork.Children[nibble] = branch.Has(nibble) ? branch.Children[rank++] : default;
        TakeValue(fork, all, run, depth);
    }

    /// <summary>The fork of this level, begun anew. Its children are still those of the one before.</summary>
    private Fork Open(int level, TrieNode before, NibblePath path, BranchValue? value)
    {
        while (_forks.Count <= level) _forks.Add(new Fork());
        Fork fork = _forks[level];
        fork.Begin(before, path, value);
        return fork;
    }

    /// <summary>Gives a fork the changes that all reach it: the one of its own value is applied, the others wait for their child.</summary>
    private void TakeValue(Fork fork, ReadOnlySpan<TrieChange> all, Run run, int depth)
    {
        if (all[run.Start].Key.Length * 2 == depth)
        {
            fork.HasChanged = ApplyToValue(ref fork.Value, all[run.Start]);
            run.Start++;
        }

        fork.Depth = depth;
        fork.Changes = run;
    }

    private bool ApplyToValue(ref BranchValue? value, in TrieChange change)
    {
        if (change.IsRemoval)
        {
            if (value is null) return false;
            CountChange--;
            value = null;
            return true;
        }

        if (value is null) CountChange++;
        else if (change.Value.Span.SequenceEqual(value.Bytes)) return false;
        value = _hasher.Value(change.Value.ToArray());
        return true;
    }

    /// <summary>The node that a fork has become: none, a leaf, its only child, or a branch.</summary>
    private TrieNode Close(Fork fork, int level)
    {
        if (!fork.HasChanged) return fork.Before;
        NibblePath path = fork.Path;
        TrieNode[] children = fork.Children;
        BranchValue? value = fork.Value;
        ushort bitmap = 0;
        for (int nibble = 0; nibble < Fork.Radix; nibble++)
        {
            if (!children[nibble].IsEmpty) bitmap |= (ushort)(1 << nibble);
        }

        if (bitmap == 0) return value is null ? default : new TrieNode(Leaf.Create(path, value.Bytes).Data);
        if (value is null && BitOperations.IsPow2(bitmap))
        {
            int only = BitOperations.TrailingZeroCount(bitmap);
            return children[only].WithPath(path.Join(only, children[only].Path));
        }

        return new TrieNode(NewBranch(path, bitmap, children, value, fork.Old, level));
    }

    private Branch NewBranch(NibblePath path, ushort bitmap, TrieNode[] children, BranchValue? value, Branch? old, int level)
    {
        int count = BitOperations.PopCount(bitmap), rank = 0;
        TrieNode[] present = new TrieNode[count];
        byte[] slots = new byte[count * Branch.SlotSize];
        bool sameShape = old is not null && old.Bitmap == bitmap;
        if (sameShape) old!.Slots.CopyTo(slots, 0);
        for (int bits = bitmap; bits != 0; bits &= bits - 1)
        {
            int nibble = BitOperations.TrailingZeroCount(bits);
            TrieNode child = children[nibble];
            present[rank] = child;
            if (old is null || !old.Child(nibble).Is(child)) _hasher.Add(child, slots, rank * Branch.SlotSize, level + 1);
            else if (!sameShape) old.Slots.AsSpan(old.RankOf(nibble) * Branch.SlotSize, Branch.SlotSize).CopyTo(slots.AsSpan(rank * Branch.SlotSize));
            rank++;
        }

        return new Branch(path, bitmap, present, slots, value);
    }
}
