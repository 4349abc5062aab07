using System.Runtime.CompilerServices;
using Phala.Trie.Nodes;

namespace Phala.Trie.Building;

/// <summary>
/// Goes down to many keys at once and changes nothing. A single descent waits for memory at each node; here sixteen wait together, and the
/// edit that follows finds the nodes in the cache.
/// </summary>
internal static class TrieWarmer
{
    /// <summary>With fewer changes there is too little to overlap.</summary>
    public const int LeastChanges = 8;

    private const int Lanes = 16, CacheLine = 64;

    /// <summary>Touches the nodes on the paths of all changes.</summary>
    /// <returns>A number without meaning that keeps the reads from being left out.</returns>
    public static int Warm(TrieNode root, ReadOnlySpan<TrieChange> changes)
    {
        int touched = 0;
        for (; !changes.IsEmpty; changes = changes[Math.Min(Lanes, changes.Length)..])
        {
            touched += WarmTogether(root, changes[..Math.Min(Lanes, changes.Length)]);
        }

        return touched;
    }

    private static int WarmTogether(TrieNode root, ReadOnlySpan<TrieChange> changes)
    {
        LaneNodes nodes = default;
        LaneDepths depths = default;
        for (int lane = 0; lane < changes.Length; lane++) nodes[lane] = root;
        int touched = 0;
        for (bool active = true; active;)
        {
            active = false;
            for (int lane = 0; lane < changes.Length; lane++)
            {
                TrieNode node = nodes[lane];
                if (node.IsEmpty) continue;
                nodes[lane] = Next(node, changes[lane].Key.Span, ref depths[lane], ref touched);
                active = true;
            }
        }

        return touched;
    }

    /// <summary>Touches a node and goes on to the child on the key's path. Partial keys are not compared: a wrong guess does no harm.</summary>
    private static TrieNode Next(TrieNode node, ReadOnlySpan<byte> key, ref int depth, ref int touched)
    {
        if (node.IsLeaf)
        {
            touched += node.Leaf.Data[^1];
            return default;
        }

        Branch branch = node.Branch;
        depth += branch.Path.Count + 1;
        if (depth > key.Length * 2) return default;
        byte[] slots = branch.Slots;
        for (int at = 0; at < slots.Length; at += CacheLine) touched += slots[at];
        return branch.Child(Nibbles.At(key, depth - 1));
    }

    [InlineArray(Lanes)]
    private struct LaneNodes
    {
        private TrieNode _first;
    }

    [InlineArray(Lanes)]
    private struct LaneDepths
    {
        private int _first;
    }
}
