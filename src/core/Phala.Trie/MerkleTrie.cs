using System.Diagnostics.CodeAnalysis;
using Phala.Trie.Building;
using Phala.Trie.Nodes;

namespace Phala.Trie;

/// <summary>
/// An immutable map from byte strings to byte strings whose content is summed up in one digest, the <see cref="Root"/>: Substrate's base-16 Merkle trie.
/// </summary>
/// <remarks>
/// <para>
/// <b>Concept.</b> Every instance is a snapshot. <see cref="Apply(TrieDelta)"/> leaves it as it is and returns the trie after the changes, which shares all
/// subtrees that did not change; its cost follows the number of changes, not of entries. Holding an old trie costs only the nodes that were replaced since,
/// and they are reclaimed when the last holder lets go. So there is nothing to lock or to dispose of: one writer goes from trie to trie while any number
/// of threads read those that they hold.
/// </para>
/// <para>
/// <b>Layout.</b> An entry is one array (<see cref="Leaf"/>); a <see cref="Branch"/> holds its children's Merkle values side by side, in encoded form.
/// After a change the nodes on the changed paths are encoded without a look at their siblings, and are hashed level by level, several at a time.
/// New objects refer to old ones and never the other way round, which suits a generational collector.
/// </para>
/// <para><b>Invariant.</b> A branch has two children or more, or a value and a child. So equal content has equal shape and an equal root, in whatever order it came to be.</para>
/// <para>
/// <b>Trust.</b> Who compares <see cref="Root"/> with one that he believes, believes all keys, all values, and that there are no others.
/// </para>
/// </remarks>
public sealed class MerkleTrie
{
    /// <summary>The longest key in bytes. A longer one is the caller's mistake; decoders of outside data refuse it.</summary>
    public const int MaxKeyLength = 1024;

    private MerkleTrie(TrieNode rootNode, Hash256 root, StateVersion version, int count)
    {
        RootNode = rootNode;
        Root = root;
        Version = version;
        Count = count;
    }

    /// <summary>The digest of the whole content.</summary>
    public Hash256 Root { get; }

    /// <summary>How nodes commit to values.</summary>
    public StateVersion Version { get; }

    /// <summary>The number of entries.</summary>
    public int Count { get; }

    internal TrieNode RootNode { get; }

    /// <summary>A trie without entries.</summary>
    public static MerkleTrie Empty(StateVersion version) => new(default, TrieRoot.Empty, version, 0);

    /// <summary>A trie of the given entries, in any order; of entries with equal keys the last one counts.</summary>
    /// <exception cref="ArgumentException">A key is longer than <see cref="MaxKeyLength"/>.</exception>
    public static MerkleTrie Create(ReadOnlySpan<TrieEntry> entries, StateVersion version)
    {
        int[] order = KeySorter.SortUnique(entries);
        TrieChange[] changes = new TrieChange[order.Length];
        for (int index = 0; index < order.Length; index++) changes[index] = TrieChange.Set(entries[order[index]].Key, entries[order[index]].Value);
        return Empty(version).Apply(changes);
    }

    /// <summary>The trie after the changes; this very instance where they change nothing.</summary>
    public MerkleTrie Apply(TrieDelta delta) => Apply(delta.Changes);

    /// <summary>Finds the value of a key, in place and without allocation.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (RootNode.IsEmpty) return false;
        TrieNode node = RootNode;
        int depth = 0;
        while (!node.IsLeaf)
        {
            Branch branch = node.Branch;
            int count = branch.Path.Count;
            if (count != 0 && Nibbles.CommonWithKey(branch.Path.Packed, count, key, depth) < count) return false;
            depth += count;
            if (depth == key.Length * 2)
            {
                if (branch.Value is null) return false;
                value = branch.Value.Bytes;
                return true;
            }

            int nibble = Nibbles.At(key, depth++);
            if (!branch.Has(nibble)) return false;
            node = branch.Children[branch.RankOf(nibble)];
        }

        Leaf leaf = node.Leaf;
        int rest = (key.Length * 2) - depth;
        if (leaf.PartialCount != rest || Nibbles.CommonWithKey(leaf.Partial, rest, key, depth) < rest) return false;
        value = leaf.Value;
        return true;
    }

    /// <summary>Whether the key has a value.</summary>
    public bool Contains(ReadOnlySpan<byte> key) => TryGet(key, out _);

    /// <summary>The smallest key that is greater than the given one.</summary>
    public bool TryGetNextKey(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? next)
    {
        TrieCursor cursor = new(this);
        cursor.Seek(key);
        bool found = cursor.MoveNext() && (!cursor.Key.SequenceEqual(key) || cursor.MoveNext());
        next = found ? cursor.Key.ToArray() : null;
        return found;
    }

    /// <summary>
    /// The Merkle value of the node nearest to the root among those at or below a key: what changes whenever anything under the key does
    /// (<c>closestDescendantMerkleValue</c> of the JSON-RPC interface). A node encoded in less than 32 bytes is its own Merkle value; the root's is always a digest.
    /// </summary>
    /// <param name="key">A key, or a prefix of keys.</param>
    /// <param name="merkleValue">At most 32 bytes.</param>
    /// <returns>False where no entry's key begins with <paramref name="key"/>.</returns>
    public bool TryGetClosestDescendant(ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> merkleValue)
    {
        merkleValue = default;
        TrieNode node = RootNode;
        Branch? parent = null;
        int depth = 0, rank = 0;
        while (!node.IsEmpty)
        {
            int count = node.IsLeaf ? node.Leaf.PartialCount : node.Branch.Path.Count;
            int shared = Nibbles.CommonWithKey(node.IsLeaf ? node.Leaf.Partial : node.Branch.Path.Packed, count, key, depth);
            if (depth + shared == key.Length * 2)
            {
                merkleValue = parent is null ? Root.AsSpan().ToArray() : parent.Slots.AsMemory((rank * Branch.SlotSize) + 1, parent.MerkleValue(rank).Length);
                return true;
            }

            if (shared < count || node.IsLeaf) return false;
            depth += count;
            parent = node.Branch;
            int nibble = Nibbles.At(key, depth++);
            rank = parent.RankOf(nibble);
            node = parent.Child(nibble);
        }

        return false;
    }

    internal MerkleTrie Apply(ReadOnlySpan<TrieChange> changes)
    {
        if (changes.IsEmpty) return this;
        using TrieEdit edit = new(Version);
        (TrieNode node, Hash256 root) = edit.Run(RootNode, changes);
        return node.Is(RootNode) ? this : new MerkleTrie(node, root, Version, Count + edit.CountChange);
    }
}
