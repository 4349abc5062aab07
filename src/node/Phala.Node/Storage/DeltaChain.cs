using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Storage;

/// <summary>Changes of consecutive blocks as one: applied together they cost what the keys cost, not what the blocks do.</summary>
internal sealed class DeltaChain
{
    private readonly List<TrieChange> _main = [];
    private readonly Dictionary<string, List<TrieChange>> _children = new(StringComparer.Ordinal);

    /// <summary>Adds what came next.</summary>
    public void Add(StateDelta delta)
    {
        _main.AddRange(delta.Main.Changes);
        foreach (ChildDelta child in delta.Children)
        {
            string name = Convert.ToHexString(child.Name);
            if (!_children.TryGetValue(name, out List<TrieChange>? changes)) _children.Add(name, changes = []);
            changes.AddRange(child.Changes.Changes);
        }
    }

    /// <summary>All of it: of changes to one key the last one counts.</summary>
    public StateDelta ToDelta() => StateDelta.Create(Create(_main), _children.Select(child => new ChildDelta(Convert.FromHexString(child.Key), Create(child.Value))));

    private static TrieDelta Create(List<TrieChange> changes) => TrieDelta.Create(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(changes));
}
