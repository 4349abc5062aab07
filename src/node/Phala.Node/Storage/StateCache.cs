using System.Diagnostics.CodeAnalysis;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Storage;

/// <summary>States by block, as many as their estimated weight allows; those not used for longest go first.</summary>
internal sealed class StateCache(long capacity)
{
    private readonly Dictionary<Hash256, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _order = new();
    private long _weight;

    /// <summary>How many states are held.</summary>
    public int Count => _entries.Count;

    /// <summary>Finds a state.</summary>
    public bool TryGet(in Hash256 block, [NotNullWhen(true)] out StateSnapshot? state)
    {
        state = null;
        if (!_entries.TryGetValue(block, out LinkedListNode<Entry>? node)) return false;
        _order.Remove(node);
        _order.AddLast(node);
        state = node.Value.State;
        return true;
    }

    /// <summary>Keeps a state; the newest stays whatever it weighs.</summary>
    public void Add(in Hash256 block, StateSnapshot state, long weight)
    {
        Remove(block);
        _entries.Add(block, _order.AddLast(new Entry(block, state, weight)));
        _weight += weight;
        while (_weight > capacity && _order.Count > 1) Remove(_order.First!.Value.Block);
    }

    /// <summary>Lets a state go.</summary>
    public void Remove(in Hash256 block)
    {
        if (!_entries.Remove(block, out LinkedListNode<Entry>? node)) return;
        _order.Remove(node);
        _weight -= node.Value.Weight;
    }

    private readonly record struct Entry(Hash256 Block, StateSnapshot State, long Weight);
}
