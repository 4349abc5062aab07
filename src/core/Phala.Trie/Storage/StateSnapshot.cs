using System.Collections.Immutable;

namespace Phala.Trie.Storage;

/// <summary>The state after a block: the main trie and the child tries whose roots it holds. Immutable, as <see cref="MerkleTrie"/> is.</summary>
/// <remarks>
/// <b>Invariant.</b> The main trie holds, for each child trie, its root under <see cref="ChildTries.RootKey"/>, and no other key with that prefix.
/// A child trie without entries does not exist. All tries have one version.
/// </remarks>
public sealed class StateSnapshot
{
    private readonly ImmutableSortedDictionary<byte[], MerkleTrie> _children;

    private StateSnapshot(MerkleTrie main, ImmutableSortedDictionary<byte[], MerkleTrie> children)
    {
        Main = main;
        _children = children;
    }

    /// <summary>The main trie.</summary>
    public MerkleTrie Main { get; }

    /// <summary>The state root: the main trie's.</summary>
    public Hash256 Root => Main.Root;

    /// <summary>How nodes commit to values, in all tries.</summary>
    public StateVersion Version => Main.Version;

    /// <summary>The names of the child tries, in order.</summary>
    public IEnumerable<byte[]> ChildNames => _children.Keys;

    /// <summary>A state without entries.</summary>
    public static StateSnapshot Empty(StateVersion version) =>
        new(MerkleTrie.Empty(version), ImmutableSortedDictionary.Create<byte[], MerkleTrie>(KeyComparer.Instance));

    /// <summary>A child trie; the empty one where there is none of that name.</summary>
    public MerkleTrie Child(byte[] name) => _children.TryGetValue(name, out MerkleTrie? child) ? child : MerkleTrie.Empty(Version);

    /// <summary>The state after the changes; this very instance where they change nothing.</summary>
    public StateSnapshot Apply(StateDelta delta)
    {
        if (delta.Children.Count == 0) return WithMain(Main.Apply(delta.Main), _children);
        List<TrieChange> changes = [.. delta.Main.Changes];
        ImmutableSortedDictionary<byte[], MerkleTrie> children = _children;
        foreach (ChildDelta change in delta.Children)
        {
            MerkleTrie before = Child(change.Name), after = before.Apply(change.Changes);
            if (after.Root == before.Root) continue;
            children = after.Count == 0 ? children.Remove(change.Name) : children.SetItem(change.Name, after);
            byte[] key = ChildTries.RootKey(change.Name);
            changes.Add(after.Count == 0 ? TrieChange.Remove(key) : TrieChange.Set(key, after.Root.AsSpan().ToArray()));
        }

        return WithMain(Main.Apply(TrieDelta.Create([.. changes])), children);
    }

    private StateSnapshot WithMain(MerkleTrie main, ImmutableSortedDictionary<byte[], MerkleTrie> children) =>
        ReferenceEquals(main, Main) ? this : new StateSnapshot(main, children);
}
