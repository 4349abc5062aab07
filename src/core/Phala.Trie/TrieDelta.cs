using Phala.Trie.Building;

namespace Phala.Trie;

/// <summary>Changes to a trie: sorted by key, each key once. What a block or transaction does to the state.</summary>
public sealed class TrieDelta
{
    private readonly TrieChange[] _changes;

    internal TrieDelta(TrieChange[] sorted) => _changes = sorted;

    /// <summary>No changes.</summary>
    public static TrieDelta Empty { get; } = new([]);

    /// <summary>The changes in the order of their keys.</summary>
    public ReadOnlySpan<TrieChange> Changes => _changes;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _changes.Length == 0;

    /// <summary>Sorts changes; of changes to one key the last one counts.</summary>
    /// <exception cref="ArgumentException">A key is longer than <see cref="MerkleTrie.MaxKeyLength"/>.</exception>
    public static TrieDelta Create(ReadOnlySpan<TrieChange> changes)
    {
        int[] order = KeySorter.SortUnique(changes);
        TrieChange[] sorted = new TrieChange[order.Length];
        for (int index = 0; index < order.Length; index++) sorted[index] = changes[order[index]];
        return new TrieDelta(sorted);
    }
}
