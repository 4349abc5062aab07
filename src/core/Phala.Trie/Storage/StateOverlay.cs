namespace Phala.Trie.Storage;

/// <summary>Writes of a block or call over a state, in nested transactions.</summary>
/// <remarks>
/// <para>
/// <b>Concept.</b> The state below never changes. Writes gather here until <see cref="ToDelta"/> sums them up for the journal and for
/// <see cref="StateSnapshot.Apply"/>; dropping the overlay drops them. A transaction that is rolled back leaves no trace: its writes are undone, newest first.
/// </para>
/// <para><b>Bounds.</b> A write costs the same at any nesting. Used by one thread at a time.</para>
/// </remarks>
public sealed class StateOverlay
{
    private readonly Dictionary<byte[], TrieOverlay> _children = new(KeyComparer.Instance);
    private readonly UndoLog _undo = new();
    private readonly StateSnapshot _state;

    /// <summary>An overlay without writes.</summary>
    public StateOverlay(StateSnapshot state)
    {
        _state = state;
        Main = new TrieOverlay(state.Main, _undo, holdsChildRoots: true);
    }

    /// <summary>Writes to the main trie.</summary>
    public TrieOverlay Main { get; }

    /// <summary>The number of open transactions.</summary>
    public int Depth => _undo.Depth;

    /// <summary>Writes to a child trie, whether it exists or not.</summary>
    /// <exception cref="ArgumentException">The name is longer than <see cref="ChildTries.MaxNameLength"/>.</exception>
    public TrieOverlay Child(byte[] name)
    {
        if (name.Length > ChildTries.MaxNameLength) throw new ArgumentException("The name is longer than a trie takes.", nameof(name));
        if (!_children.TryGetValue(name, out TrieOverlay? child))
        {
            child = new TrieOverlay(_state.Child(name), _undo, holdsChildRoots: false);
            _children.Add([.. name], child);
        }

        return child;
    }

    /// <summary>Opens a transaction inside the ones that are open.</summary>
    public void Begin() => _undo.Begin();

    /// <summary>Ends the innermost transaction and keeps its writes.</summary>
    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    public void Commit() => _undo.Commit();

    /// <summary>Ends the innermost transaction and undoes its writes.</summary>
    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    public void Rollback() => _undo.Rollback();

    /// <summary>All writes so far, also those of open transactions.</summary>
    public StateDelta ToDelta()
    {
        List<ChildDelta> children = [];
        foreach ((byte[] name, TrieOverlay child) in _children)
        {
            TrieDelta changes = child.ToDelta();
            if (!changes.IsEmpty) children.Add(new ChildDelta(name, changes));
        }

        return StateDelta.Create(Main.ToDelta(), children);
    }

    /// <summary>The state with the writes. It shares with the state below all that did not change, so this also serves to ask for the root alone.</summary>
    public StateSnapshot ToSnapshot() => _state.Apply(ToDelta());
}
