using System.Diagnostics.CodeAnalysis;
using Phala.Trie.Nodes;
using Phala.Trie.Storage;

namespace Phala.Trie.Proofs;

/// <summary>A part of a trie, shown to belong to a root: answers lookups of what it reveals, of values and of absence.</summary>
/// <remarks>
/// <para>
/// <b>Concept.</b> A proof is a set of encoded nodes, and in V1 of values. <see cref="TryOpen"/> hashes all of them, finds the root and visits what it commits to;
/// lookups then follow digests from the root. Nodes decode by their header, so one reader serves both state versions.
/// </para>
/// <para>
/// <b>Bounds.</b> For a hostile proof of n bytes opening costs at most time n·log n and memory 4·n, a lookup time proportional to the key times log n;
/// nothing recurses with its depth and nothing throws.
/// </para>
/// <para>
/// <b>Trust.</b> Who believes the root believes every <see cref="ProofLookup.Present"/> and <see cref="ProofLookup.Absent"/>. The other answers say nothing
/// about the state. Entries that the root does not commit to are never looked at beyond their digest.
/// </para>
/// </remarks>
public sealed class TrieProof
{
    private readonly ProofEntries _entries;
    private readonly int _rootEntry;

    private readonly bool _isChild;

    private TrieProof(ProofEntries entries, int rootEntry, Hash256 root, bool isChild)
    {
        _isChild = isChild;
        _entries = entries;
        _rootEntry = rootEntry;
        Root = root;
    }

    /// <summary>The root that everything in the proof was checked against.</summary>
    public Hash256 Root { get; }

    internal int EncodedLength => _entries.EncodedLength;

    internal ReadOnlyMemory<byte> RootNode => _entries[_rootEntry];

    /// <summary>Opens a proof in its SCALE form, <c>Vec&lt;Vec&lt;u8&gt;&gt;</c> in any order. The bytes are not copied: they must not change afterwards.</summary>
    /// <param name="encoded">The proof.</param>
    /// <param name="root">The root to check against.</param>
    /// <param name="policy">Whether entries that prove nothing are refused.</param>
    /// <param name="proof">The proof, opened.</param>
    /// <param name="error">Why not.</param>
    public static bool TryOpen(ReadOnlyMemory<byte> encoded, Hash256 root, ProofPolicy policy, [NotNullWhen(true)] out TrieProof? proof, out ProofError error)
    {
        proof = null;
        ProofEntries? entries = ProofEntries.TryDecode(encoded, out error);
        if (entries is null) return false;
        int rootEntry = entries.Find(root.AsSpan());
        error = rootEntry < 0 ? ProofError.MissingRoot : Check(entries, rootEntry, policy);
        if (error != ProofError.None) return false;
        proof = new TrieProof(entries, rootEntry, root, isChild: false);
        return true;
    }

    /// <summary>Looks up a key, without allocation.</summary>
    public ProofLookup TryGet(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        value = default;
        ProofLookup found = Descend(key, out NodeView node, out int depth, out _);
        if (found != ProofLookup.Present) return found;

        // The descent stops where the key's bytes end: inside a partial key no value is found.
        if (depth != key.Length * 2 || !node.HasValue) return ProofLookup.Absent;
        if (!node.HasHashedValue)
        {
            value = node.Value;
            return ProofLookup.Present;
        }

        int entry = _entries.Find(node.Value);
        if (entry < 0) return ProofLookup.MissingValue;
        value = _entries[entry].Span;
        return ProofLookup.Present;
    }

    /// <summary>The Merkle value of the node nearest to the root at or below a key: see <see cref="MerkleTrie.TryGetClosestDescendant"/>.</summary>
    public ProofLookup TryGetClosestDescendant(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> merkleValue)
    {
        ProofLookup found = Descend(key, out _, out _, out merkleValue);
        if (found != ProofLookup.Present) merkleValue = default;
        else if (merkleValue.IsEmpty) merkleValue = Root.AsSpan().ToArray();
        return found;
    }

    /// <summary>
    /// Opens the proof of a child trie that travels in the same proof. Child tries have no children: there anybody may write to what would be the key of one's root.
    /// </summary>
    /// <returns>What the proof says about the child trie; <see cref="ProofLookup.Present"/> with <paramref name="child"/>.</returns>
    public ProofLookup TryOpenChild(ReadOnlySpan<byte> name, out TrieProof? child)
    {
        child = null;
        if (_isChild) return ProofLookup.Absent;
        ProofLookup found = TryGet(ChildTries.RootKey(name), out ReadOnlySpan<byte> root);
        if (found != ProofLookup.Present) return found;
        int entry = root.Length == Hash256.Size ? _entries.Find(root) : -1;
        if (entry < 0) return ProofLookup.MissingNode;
        child = new TrieProof(_entries, entry, new Hash256(root), isChild: true);
        return found;
    }

    /// <summary>Walks the entries that the proof reveals, in the order of their keys.</summary>
    /// <param name="prefix">Only keys that begin so.</param>
    public ProofCursor Enumerate(ReadOnlySpan<byte> prefix) => new(this, prefix);

    internal ReadOnlyMemory<byte>? Find(ReadOnlySpan<byte> digest)
    {
        int entry = _entries.Find(digest);
        if (entry < 0) return null;
        return _entries[entry];
    }

    private static ProofError Check(ProofEntries entries, int root, ProofPolicy policy)
    {
        ProofWalk walk = new(entries);
        if (!walk.TryVisit(root)) return ProofError.BadNode;
        if (policy == ProofPolicy.Tolerant) return ProofError.None;
        if (entries.HasDuplicate()) return ProofError.DuplicateEntry;
        return walk.HasReachedAll() ? ProofError.None : ProofError.UnneededEntry;
    }

    /// <summary>Goes from the root along a key to the first node at or below it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="node">That node.</param>
    /// <param name="depth">The number of half bytes down to the node's end: that of the key if the node is at the key, more if it is below.</param>
    /// <param name="merkleValue">The node's Merkle value; empty for the root.</param>
    private ProofLookup Descend(scoped ReadOnlySpan<byte> key, out NodeView node, out int depth, out ReadOnlySpan<byte> merkleValue)
    {
        depth = 0;
        node = default;
        merkleValue = default;
        ReadOnlySpan<byte> encoded = RootNode.Span;
        while (true)
        {
            // The value of a child root that is stored by its digest names a node that nobody has visited: what does not decode says nothing.
            if (!NodeView.TryDecode(encoded, out NodeView next, out _)) return ProofLookup.MissingNode;
            if (next.Kind == NodeKind.Empty) return ProofLookup.Absent;
            node = next;
            int shared = Nibbles.CommonWithKey(next.Partial, next.PartialCount, key, depth), left = (key.Length * 2) - depth;
            depth += next.PartialCount;
            if (shared == left) return ProofLookup.Present;
            if (shared < next.PartialCount) return ProofLookup.Absent;
            ReadOnlySpan<byte> child = next.Child(Nibbles.At(key, depth++));
            if (child.IsEmpty) return ProofLookup.Absent;
            encoded = merkleValue = child;
            if (child.Length < Hash256.Size) continue;
            int entry = _entries.Find(child);
            if (entry < 0) return ProofLookup.MissingNode;
            encoded = _entries[entry].Span;
        }
    }
}
