using Phala.Crypto.Hashing;
using Phala.Trie.Nodes;

namespace Phala.Trie.Building;

/// <summary>
/// Fills in the Merkle values of new nodes, a level at a time from the leaves up, so that they are hashed side by side.
/// Invariant: when a node is added, all new nodes below it have been added before.
/// </summary>
internal sealed class NodeHasher(StateVersion version) : IDisposable
{
    private const int LeafRun = 256, BranchRun = 4096;

    private readonly MerkleBatch _batch = new();
    private readonly List<List<Pending>> _branches = [];
    private readonly List<Pending> _leaves = [];
    private byte[] _valueDigests = [];
    private int _pendingBranches;

    /// <summary>Asks for the Merkle value of a new node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="slots">The slots of its parent.</param>
    /// <param name="offset">The node's own slot.</param>
    /// <param name="level">How many branches are above the node.</param>
    public void Add(TrieNode node, byte[] slots, int offset, int level)
    {
        if (node.IsLeaf)
        {
            if (_leaves.Count == LeafRun) HashLeaves();
            _leaves.Add(new Pending(node, slots, offset));
            return;
        }

        if (_pendingBranches == BranchRun) Flush();
        while (_branches.Count <= level) _branches.Add([]);
        _branches[level].Add(new Pending(node, slots, offset));
        _pendingBranches++;
    }

    /// <summary>Fills in everything that was asked for.</summary>
    public void Flush()
    {
        HashLeaves();
        for (int level = _branches.Count - 1; level >= 0; level--)
        {
            foreach (Pending pending in _branches[level]) AddNode(pending, default);
            _branches[level].Clear();
            _batch.Flush();
        }

        _pendingBranches = 0;
    }

    /// <summary>The root's digest, whatever the length of its encoding. Everything below must have been filled in.</summary>
    public Hash256 HashRoot(TrieNode root)
    {
        if (root.IsEmpty) return TrieRoot.Empty;
        byte[] digest = new byte[Hash256.Size];
        ReadOnlySpan<byte> valueDigest = default;
        if (root.IsLeaf && IsHashed(root.Leaf.Value))
        {
            Blake2b.Hash256(root.Leaf.Value, digest);
            valueDigest = digest.ToArray();
        }

        Span<byte> target = _batch.Reserve(NodeEncoder.MaxSize(root));
        int length = NodeEncoder.Encode(root, valueDigest, target);
        Blake2b.Hash256(target[..length], digest);
        return new Hash256(digest);
    }

    /// <summary>The value of a branch, with its digest if the version wants that.</summary>
    public BranchValue Value(byte[] bytes)
    {
        if (!IsHashed(bytes)) return new BranchValue(bytes, null);
        byte[] digest = new byte[Hash256.Size];
        Blake2b.Hash256(bytes, digest);
        return new BranchValue(bytes, digest);
    }

    /// <inheritdoc/>
    public void Dispose() => _batch.Dispose();

    private bool IsHashed(ReadOnlySpan<byte> value) => version == StateVersion.V1 && value.Length >= NodeHeader.HashedValueLength;

    private void HashLeaves()
    {
        if (_leaves.Count == 0) return;
        if (version == StateVersion.V1) HashValues();
        for (int index = 0; index < _leaves.Count; index++)
        {
            ReadOnlySpan<byte> digest = IsHashed(_leaves[index].Node.Leaf.Value) ? _valueDigests.AsSpan(index * Hash256.Size, Hash256.Size) : default;
            AddNode(_leaves[index], digest);
        }

        _leaves.Clear();
        _batch.Flush();
    }

    private void HashValues()
    {
        if (_valueDigests.Length < _leaves.Count * Hash256.Size) _valueDigests = new byte[(_leaves.Count > 16 ? LeafRun : 16) * Hash256.Size];
        for (int index = 0; index < _leaves.Count; index++)
        {
            ReadOnlySpan<byte> value = _leaves[index].Node.Leaf.Value;
            if (!IsHashed(value)) continue;
            value.CopyTo(_batch.Reserve(value.Length));
            _batch.Add(value.Length, _valueDigests, index * Hash256.Size);
        }

        _batch.Flush();
    }

    private void AddNode(Pending pending, ReadOnlySpan<byte> valueDigest)
    {
        Span<byte> target = _batch.Reserve(NodeEncoder.MaxSize(pending.Node));
        _batch.AddNode(NodeEncoder.Encode(pending.Node, valueDigest, target), pending.Slots, pending.Offset);
    }

    private readonly record struct Pending(TrieNode Node, byte[] Slots, int Offset);
}
