using System.Numerics;
using Phala.Trie.Nodes;

namespace Phala.Trie.Building;

/// <summary>
/// Applies sorted changes to a trie by building the changed nodes anew, each once and from the bottom up; the rest is shared with the old trie.
/// The stack is bounded by <see cref="MerkleTrie.MaxKeyLength"/>: at most two calls for each half byte of a key.
/// </summary>
internal sealed class TrieEdit(StateVersion version) : IDisposable
{
    private const int Radix = 16;

    private readonly NodeHasher _hasher = new(version);
    private readonly List<TrieNode[]> _scratch = [];
    private int _touched;

    /// <summary>By how much the number of entries grew.</summary>
    public int CountChange { get; private set; }

    /// <summary>The root node after the changes, its descendants' Merkle values filled in, and its digest.</summary>
    /// <param name="root">The root node before; is returned itself where nothing changes.</param>
    /// <param name="changes">Sorted by key, each key once.</param>
    public (TrieNode Root, Hash256 Digest) Run(TrieNode root, ReadOnlySpan<TrieChange> changes)
    {
        if (changes.Length >= TrieWarmer.LeastChanges) _touched += TrieWarmer.Warm(root, changes);
        TrieNode result = Apply(root, changes, depth: 0, level: 0);
        _hasher.Flush();
        return (result, _hasher.HashRoot(result));
    }

    /// <inheritdoc/>
    public void Dispose() => _hasher.Dispose();

    /// <summary>Applies changes to what is below half byte <paramref name="depth"/>; all their keys agree before it.</summary>
    private TrieNode Apply(TrieNode node, ReadOnlySpan<TrieChange> changes, int depth, int level)
    {
        if (node.IsEmpty) return Build(changes, depth, level);
        bool isLeaf = node.IsLeaf;
        int count = isLeaf ? node.Leaf.PartialCount : node.Branch.Path.Count;
        ReadOnlySpan<byte> packed = isLeaf ? node.Leaf.Partial : node.Branch.Path.Packed;
        changes = TrimStrayRemovals(changes, packed, count, depth);
        if (changes.IsEmpty) return node;

        int shared = Math.Min(Common(changes[0], packed, count, depth), Common(changes[^1], packed, count, depth));
        if (shared < count) return Split(node, shared, changes, depth, level);
        return isLeaf ? ApplyToLeaf(node, changes, depth + count, level) : ApplyToBranch(node, changes, depth + count, level);
    }

    /// <summary>Drops removals of keys that the node cannot hold, from both ends: what is left at the ends decides whether the node is split.</summary>
    private static ReadOnlySpan<TrieChange> TrimStrayRemovals(ReadOnlySpan<TrieChange> changes, ReadOnlySpan<byte> packed, int count, int depth)
    {
        while (!changes.IsEmpty && changes[0].IsRemoval && Common(changes[0], packed, count, depth) < count) changes = changes[1..];
        while (!changes.IsEmpty && changes[^1].IsRemoval && Common(changes[^1], packed, count, depth) < count) changes = changes[..^1];
        return changes;
    }

    private static int Common(in TrieChange change, ReadOnlySpan<byte> packed, int count, int depth) =>
        Nibbles.CommonWithKey(packed, count, change.Key.Span, depth);

    /// <summary>A subtree out of insertions alone.</summary>
    private TrieNode Build(ReadOnlySpan<TrieChange> changes, int depth, int level)
    {
        while (!changes.IsEmpty && changes[0].IsRemoval) changes = changes[1..];
        while (!changes.IsEmpty && changes[^1].IsRemoval) changes = changes[..^1];
        if (changes.IsEmpty) return default;
        ReadOnlySpan<byte> first = changes[0].Key.Span;
        if (changes.Length == 1)
        {
            CountChange++;
            return new TrieNode(Leaf.Create(first, depth, changes[0].Value.Span).Data);
        }

        int shared = Nibbles.Common(first, changes[^1].Key.Span, depth);
        TrieNode[] children = Scratch(level);
        Array.Clear(children);
        BranchValue? value = null;
        ApplyToChildren(children, ref value, changes, depth + shared, level);
        return Assemble(NibblePath.FromKey(first, depth, shared), children, value, old: null, level);
    }

    /// <summary>Some key leaves the node's partial key after <paramref name="shared"/> half bytes: fork there.</summary>
    private TrieNode Split(TrieNode node, int shared, ReadOnlySpan<TrieChange> changes, int depth, int level)
    {
        NibblePath path = node.Path;
        TrieNode[] children = Scratch(level);
        Array.Clear(children);
        children[path[shared]] = node.WithPath(path.Slice(shared + 1, path.Count - shared - 1));
        BranchValue? value = null;
        ApplyToChildren(children, ref value, changes, depth + shared, level);
        return Assemble(path.Slice(0, shared), children, value, old: null, level);
    }

    private TrieNode ApplyToLeaf(TrieNode node, ReadOnlySpan<TrieChange> changes, int depth, int level)
    {
        Leaf leaf = node.Leaf;
        if (changes.Length == 1 && changes[0].Key.Length * 2 == depth)
        {
            if (changes[0].IsRemoval)
            {
                CountChange--;
                return default;
            }

            ReadOnlySpan<byte> replacement = changes[0].Value.Span;
            if (replacement.SequenceEqual(leaf.Value)) return node;
            return new TrieNode(Leaf.Create(changes[0].Key.Span, depth - leaf.PartialCount, replacement).Data);
        }

        TrieNode[] children = Scratch(level);
        Array.Clear(children);
        BranchValue? value = _hasher.Value(leaf.Value.ToArray());
        return ApplyToChildren(children, ref value, changes, depth, level) ? Assemble(leaf.Path, children, value, old: null, level) : node;
    }

    private TrieNode ApplyToBranch(TrieNode node, ReadOnlySpan<TrieChange> changes, int depth, int level)
    {
        Branch branch = node.Branch;
        TrieNode[] children = Scratch(level);
        int rank = 0;
        for (int nibble = 0; nibble < Radix; nibble++) children[nibble] = branch.Has(nibble) ? branch.Children[rank++] : default;
        BranchValue? value = branch.Value;
        return ApplyToChildren(children, ref value, changes, depth, level) ? Assemble(branch.Path, children, value, branch, level) : node;
    }

    /// <summary>Applies changes whose keys all reach a fork at half byte <paramref name="depth"/>.</summary>
    /// <returns>Whether anything changed.</returns>
    private bool ApplyToChildren(TrieNode[] children, ref BranchValue? value, ReadOnlySpan<TrieChange> changes, int depth, int level)
    {
        bool changed = false;
        if (changes[0].Key.Length * 2 == depth)
        {
            changed = ApplyToValue(ref value, changes[0]);
            changes = changes[1..];
        }

        while (!changes.IsEmpty)
        {
            int nibble = Nibbles.At(changes[0].Key.Span, depth), length = 1;
            while (length < changes.Length && Nibbles.At(changes[length].Key.Span, depth) == nibble) length++;
            TrieNode child = Apply(children[nibble], changes[..length], depth + 1, level + 1);
            changed |= !child.Is(children[nibble]);
            children[nibble] = child;
            changes = changes[length..];
        }

        return changed;
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
    private TrieNode Assemble(NibblePath path, TrieNode[] children, BranchValue? value, Branch? old, int level)
    {
        ushort bitmap = 0;
        for (int nibble = 0; nibble < Radix; nibble++)
        {
            if (!children[nibble].IsEmpty) bitmap |= (ushort)(1 << nibble);
        }

        if (bitmap == 0) return value is null ? default : new TrieNode(Leaf.Create(path, value.Bytes).Data);
        if (value is null && BitOperations.IsPow2(bitmap))
        {
            int only = BitOperations.TrailingZeroCount(bitmap);
            return children[only].WithPath(path.Join(only, children[only].Path));
        }

        return new TrieNode(NewBranch(path, bitmap, children, value, old, level));
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

    /// <summary>Sixteen places for the children of the fork that is open at this level.</summary>
    private TrieNode[] Scratch(int level)
    {
        while (_scratch.Count <= level) _scratch.Add(new TrieNode[Radix]);
        return _scratch[level];
    }
}
