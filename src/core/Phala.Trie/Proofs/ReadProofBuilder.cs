using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Trie.Nodes;

namespace Phala.Trie.Proofs;

/// <summary>
/// Collects the nodes that prove what some keys hold, or that they hold nothing. What several keys share is taken once, so the result is minimal:
/// <see cref="ProofPolicy.Minimal"/> accepts it. For a key of a child trie add the key of its root in the main trie, then the key in the child trie.
/// </summary>
public sealed class ReadProofBuilder
{
    private readonly HashSet<Hash256> _known = [];
    private readonly List<byte[]> _nodes = [];

    /// <summary>The nodes and values, each before what it refers to.</summary>
    public IReadOnlyList<byte[]> Nodes => _nodes;

    /// <summary>Takes what proves the value of a key, or its absence, or the Merkle value of its closest descendant.</summary>
    public void Add(MerkleTrie trie, ReadOnlySpan<byte> key)
    {
        TrieNode node = AddPath(trie, key, out int depth);
        if (!node.IsEmpty && depth == key.Length * 2) AddValue(node, trie.Version);
    }

    /// <summary>Takes what proves all keys that begin with a prefix, their values, and that there are no others.</summary>
    public void AddAll(MerkleTrie trie, ReadOnlySpan<byte> prefix)
    {
        TrieNode top = AddPath(trie, prefix, out _);
        Stack<TrieNode> todo = new();
        if (!top.IsEmpty) todo.Push(top);
        while (todo.TryPop(out TrieNode node))
        {
            AddValue(node, trie.Version);
            if (node.IsLeaf) continue;
            Branch branch = node.Branch;
            for (int rank = branch.Children.Length - 1; rank >= 0; rank--)
            {
                AddNode(branch.MerkleValue(rank), branch.Children[rank], trie.Version);
                todo.Push(branch.Children[rank]);
            }
        }
    }

    /// <summary>The proof in its SCALE form, <c>Vec&lt;Vec&lt;u8&gt;&gt;</c>.</summary>
    public byte[] Encode() => Encode(_nodes);

    /// <summary>Nodes that came one by one, as over JSON-RPC, in SCALE form.</summary>
    public static byte[] Encode(IReadOnlyList<byte[]> nodes)
    {
        int size = ScaleWriter.CompactLength((uint)nodes.Count);
        foreach (byte[] node in nodes) size += ScaleWriter.CompactLength((uint)node.Length) + node.Length;
        byte[] encoded = new byte[size];
        ScaleWriter writer = new(encoded);
        writer.WriteLength(nodes.Count);
        foreach (byte[] node in nodes) writer.WriteByteSequence(node);
        return encoded;
    }

    /// <summary>Takes the nodes from the root to the first one at or below a key.</summary>
    /// <returns>That node, or the empty node if no key begins so.</returns>
    private TrieNode AddPath(MerkleTrie trie, ReadOnlySpan<byte> key, out int depth)
    {
        depth = 0;
        TrieNode node = trie.RootNode;
        AddNode(trie.Root.AsSpan(), node, trie.Version);
        while (!node.IsEmpty)
        {
            int count = node.IsLeaf ? node.Leaf.PartialCount : node.Branch.Path.Count;
            int shared = Nibbles.CommonWithKey(node.IsLeaf ? node.Leaf.Partial : node.Branch.Path.Packed, count, key, depth);
            int left = (key.Length * 2) - depth;
            depth += count;
            if (shared == left) return node;
            if (shared < count || node.IsLeaf) return default;
            int nibble = Nibbles.At(key, depth++);
            Branch branch = node.Branch;
            node = branch.Child(nibble);
            if (!node.IsEmpty) AddNode(branch.MerkleValue(branch.RankOf(nibble)), node, trie.Version);
        }

        return default;
    }

    private void AddNode(ReadOnlySpan<byte> merkleValue, TrieNode node, StateVersion version)
    {
        if (merkleValue.Length < Hash256.Size || !_known.Add(new Hash256(merkleValue))) return;
        if (node.IsEmpty)
        {
            _nodes.Add([NodeHeader.EmptyTrie]);
            return;
        }

        byte[] target = new byte[NodeEncoder.MaxSize(node)];
        Span<byte> digest = stackalloc byte[Hash256.Size];
        bool hashed = node.IsLeaf && IsHashed(node.Leaf.Value, version);
        if (hashed) Blake2b.Hash256(node.Leaf.Value, digest);
        int length = NodeEncoder.Encode(node, hashed ? digest : default, target);
        _nodes.Add(target[..length]);
    }

    private void AddValue(TrieNode node, StateVersion version)
    {
        ReadOnlySpan<byte> value = node.IsLeaf ? node.Leaf.Value : node.Branch.Value is { } held ? held.Bytes : default;
        if (!IsHashed(value, version)) return;
        Span<byte> digest = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(value, digest);
        if (_known.Add(new Hash256(digest))) _nodes.Add(value.ToArray());
    }

    private static bool IsHashed(ReadOnlySpan<byte> value, StateVersion version) =>
        version == StateVersion.V1 && value.Length >= NodeHeader.HashedValueLength;
}
