using Phala.Trie;
using Phala.Trie.Nodes;
using Phala.Trie.Proofs;
using Xunit;

namespace Phala.Tests.Trie;

/// <summary>A trie beside a sorted dictionary and the naive root. Old tries are kept for a while and looked at again: they must not have changed.</summary>
internal sealed class TrieModel(StateVersion version)
{
    private readonly SortedDictionary<string, byte[]> _content = new(StringComparer.Ordinal);
    private readonly Queue<(MerkleTrie Trie, string[] Keys, Hash256 Root)> _held = new();
    private readonly HashSet<NodeKind> _kinds = [];
    private HashSet<string> _branches = [];
    private int _splits, _merges, _inline, _longPartials, _rootsChanged, _emptied;

    public MerkleTrie Trie { get; private set; } = MerkleTrie.Empty(version);

    public string Coverage =>
        $"kinds {string.Join(' ', _kinds.Order())}; splits {_splits}, merges {_merges}, inline children {_inline}, long partial keys {_longPartials}, roots changed {_rootsChanged}, emptied {_emptied}";

    public bool HasMetEveryShape =>
        _kinds.IsSupersetOf(Enum.GetValues<NodeKind>().Where(kind => version == StateVersion.V1 || kind is not (NodeKind.LeafWithHashedValue or NodeKind.BranchWithHashedValue)))
        && _splits > 100 && _merges > 100 && _inline > 100 && _longPartials > 100 && _rootsChanged > 500 && _emptied > 0;

    public void Apply(TrieChange[] changes)
    {
        Hash256 before = Trie.Root;
        string contentBefore = Summary();
        foreach (TrieChange change in changes)
        {
            if (change.IsRemoval) _content.Remove(TrieData.Hex(change.Key.Span));
            else _content[TrieData.Hex(change.Key.Span)] = change.Value.ToArray();
        }

        Trie = Trie.Apply(TrieDelta.Create(changes));
        NaiveTrie naive = new(version == StateVersion.V1);
        Assert.Equal(new Hash256(naive.Root(_content)), Trie.Root);
        Assert.Equal(_content.Count, Trie.Count);
        Assert.Equal(contentBefore != Summary(), Trie.Root != before);
        Note(naive, before);
    }

    public TrieChange[] ClearPrefix(byte[] prefix) =>
        [.. _content.Keys.Where(key => key.StartsWith(TrieData.Hex(prefix), StringComparison.Ordinal)).Select(key => TrieChange.Remove(TrieData.Bytes(key)))];

    /// <summary>The content by cursor and by look-up, the root by the other ways, and the tries held from before.</summary>
    public void Check()
    {
        Assert.Equal(_content, TrieData.Content(Trie));
        Assert.Equal(Trie.Root, TrieRoot.Compute([.. _content.Select(pair => new TrieEntry(TrieData.Bytes(pair.Key), pair.Value))], version));
        Assert.Equal(Trie.Root, TrieData.Create(_content, version).Root);
        foreach (byte[] key in TrieData.Keys)
        {
            bool expected = _content.TryGetValue(TrieData.Hex(key), out byte[]? value);
            Assert.Equal(expected, Trie.TryGet(key, out ReadOnlySpan<byte> found));
            if (expected) Assert.True(found.SequenceEqual(value));
        }

        NoteKinds();
        _held.Enqueue((Trie, [.. _content.Keys], Trie.Root));
        foreach ((MerkleTrie held, string[] keys, Hash256 root) in _held)
        {
            SortedDictionary<string, byte[]> content = TrieData.Content(held);
            Assert.Equal(keys, content.Keys);
            Assert.Equal(root, new Hash256(new NaiveTrie(version == StateVersion.V1).Root(content)));
        }

        if (_held.Count > 5) _held.Dequeue();
    }

    private void Note(NaiveTrie naive, Hash256 before)
    {
        _splits += naive.BranchPaths.Except(_branches).Count();
        _merges += _branches.Except(naive.BranchPaths).Count();
        if (Trie.Root != before) _rootsChanged++;
        if (Trie.Root != before && Trie.Count == 0)
        {
            _emptied++;
            NoteKinds();
        }

        _branches = naive.BranchPaths;
        _inline += naive.InlineChildren;
        _longPartials += naive.LongPartials;
    }

    private void NoteKinds()
    {
        ReadProofBuilder builder = new();
        builder.AddAll(Trie, []);
        foreach (byte[] node in builder.Nodes)
        {
            if (NodeView.TryDecode(node, out NodeView view, out _)) _kinds.Add(view.Kind);
        }
    }

    private string Summary() => string.Join(';', _content.Select(pair => $"{pair.Key}={TrieData.Hex(pair.Value)}"));
}
