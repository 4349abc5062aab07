using Phala.Crypto.Hashing;
using Phala.Trie.Nodes;

namespace Phala.Trie.Building;

/// <summary>
/// The root of sorted entries in one pass, without a trie in memory. It keeps the forks that lie on the path to the present key, and a window of finished
/// nodes whose digests are still due; when the window is full they are hashed side by side, height after height.
/// </summary>
internal sealed class RootCalculator(StateVersion version) : IDisposable
{
    private const int Window = 1024, Touched = 64, RegionSize = 16 * Branch.SlotSize, LeafBufferSize = 1 << 17;

    private readonly MerkleBatch _values = new(), _nodes = new();
    private readonly List<Fork> _open = [];
    private readonly List<List<Closed>> _closed = [];
    private readonly List<PendingLeaf> _leaves = [];
    private readonly Stack<int> _freeRegions = new();
    private readonly byte[] _packed = new byte[MerkleTrie.MaxKeyLength];

    private byte[] _leafBuffer = new byte[4096], _heads = new byte[4096], _regions = [];
    private int _leafLength, _headLength, _touch;

    /// <summary>The root of the entries in the given order, which must be that of their keys, each once.</summary>
    public Hash256 Run(ReadOnlySpan<TrieEntry> entries, ReadOnlySpan<int> order)
    {
        if (order.IsEmpty) return TrieRoot.Empty;
        int lastShared = -1;
        ReadOnlySpan<byte> key = entries[order[0]].Key.Span;
        for (int index = 0; index < order.Length; index++)
        {
            if (index % Touched == 0) Touch(entries, order.Slice(index, Math.Min(Touched + 1, order.Length - index)));
            ReadOnlySpan<byte> next = index + 1 < order.Length ? entries[order[index + 1]].Key.Span : default;
            int shared = index + 1 < order.Length ? Nibbles.Common(key, next, 0) : -1;
            ReadOnlySpan<byte> value = entries[order[index]].Value.Span;
            if (shared > lastShared) _open.Add(new Fork { Depth = shared, Region = TakeRegion() });
            if (shared == key.Length * 2) SetValue(value);
            else if (_open.Count == 0) return Root(EncodeLeaf(key, 0, value));
            else AddLeaf(key, value);
            while (_open.Count > 0 && _open[^1].Depth > shared)
            {
                if (_open.Count == 1 && shared < 0) return CloseRoot(key);
                CloseFork(key, shared);
            }

            lastShared = shared;
            key = next;
        }

        throw new InvalidOperationException("The last key closes the last fork.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        _nodes.Dispose();
    }

    /// <summary>
    /// Reads a byte of each of the next keys and values. In the order of the keys they lie anywhere in memory; here nothing waits for them, so that the processor
    /// fetches many at once.
    /// </summary>
    private void Touch(ReadOnlySpan<TrieEntry> entries, ReadOnlySpan<int> order)
    {
        foreach (int index in order)
        {
            ReadOnlySpan<byte> key = entries[index].Key.Span, value = entries[index].Value.Span;
            if (!key.IsEmpty) _touch += key[^1];
            if (!value.IsEmpty) _touch += value[0] + value[^1];
        }
    }

    private int TakeRegion()
    {
        if (_freeRegions.Count == 0)
        {
            int size = _regions.Length, grown = Math.Max(16 * RegionSize, size * 2);
            Array.Resize(ref _regions, grown);
            for (int region = grown - RegionSize; region >= size; region -= RegionSize) _freeRegions.Push(region);
        }

        return _freeRegions.Pop();
    }

    private bool IsHashed(ReadOnlySpan<byte> value) => version == StateVersion.V1 && value.Length >= NodeHeader.HashedValueLength;

    private void SetValue(ReadOnlySpan<byte> value)
    {
        Fork fork = _open[^1];
        fork.IsHashed = IsHashed(value);
        if (fork.IsHashed)
        {
            fork.Value = new byte[Hash256.Size];
            Blake2b.Hash256(value, fork.Value);
        }
        else
        {
            fork.Value = value.ToArray();
        }

        _open[^1] = fork;
    }

    private void AddLeaf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (_leaves.Count == Window) Flush();
        int depth = _open[^1].Depth;
        (int offset, int length) = EncodeLeaf(key, depth + 1, value);
        _leaves.Add(new PendingLeaf(offset, length, Attach(Nibbles.At(key, depth), height: 0)));
    }

    private (int Offset, int Length) EncodeLeaf(ReadOnlySpan<byte> key, int depth, ReadOnlySpan<byte> value)
    {
        int count = (key.Length * 2) - depth;
        EnsureLeafBuffer(NodeEncoder.MaxHeadSize(count, value.Length));
        Nibbles.Pack(key, depth, count, _packed);
        ReadOnlySpan<byte> partial = _packed.AsSpan(0, Nibbles.ByteCount(count));
        int start = _leafLength;
        Span<byte> target = _leafBuffer.AsSpan(start);
        if (!IsHashed(value))
        {
            _leafLength += NodeEncoder.WriteHead(target, NodeKind.Leaf, count, partial, 0, value);
            return (start, _leafLength - start);
        }

        int head = NodeEncoder.WriteHead(target, NodeKind.LeafWithHashedValue, count, partial, 0, default);
        value.CopyTo(_values.Reserve(value.Length));
        _values.Add(value.Length, _leafBuffer, start + head);
        _leafLength += head + Hash256.Size;
        return (start, _leafLength - start);
    }

    private void EnsureLeafBuffer(int size)
    {
        if (_leafLength + size <= _leafBuffer.Length) return;

        // Digests of values are on their way into the buffer: it may be replaced only once they have arrived.
        if (_leafBuffer.Length >= LeafBufferSize) Flush();
        else _values.Flush();
        if (_leafLength + size > _leafBuffer.Length) Array.Resize(ref _leafBuffer, Math.Max(_leafLength + size, Math.Min(_leafBuffer.Length * 4, LeafBufferSize)));
    }

    /// <summary>Gives a child its slot in the innermost open fork.</summary>
    private int Attach(int nibble, int height)
    {
        Fork fork = _open[^1];
        int slot = fork.Region + (fork.Count++ * Branch.SlotSize);
        fork.Bitmap |= (ushort)(1 << nibble);
        fork.Height = Math.Max(fork.Height, height + 1);
        _open[^1] = fork;
        return slot;
    }

    /// <summary>Finishes the innermost fork and hangs it below the next one, which is new if the next key leaves in between.</summary>
    private void CloseFork(ReadOnlySpan<byte> key, int shared)
    {
        Fork fork = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        if (shared >= 0 && (_open.Count == 0 || _open[^1].Depth < shared)) _open.Add(new Fork { Depth = shared, Region = TakeRegion() });
        int depth = _open[^1].Depth;
        (int head, int length) = EncodeHead(fork, key, depth + 1);
        while (_closed.Count <= fork.Height) _closed.Add([]);
        _closed[fork.Height].Add(new Closed(head, length, fork.Region, fork.Count, Attach(Nibbles.At(key, depth), fork.Height)));
    }

    private (int Offset, int Length) EncodeHead(in Fork fork, ReadOnlySpan<byte> key, int depth)
    {
        int count = fork.Depth - depth;
        Nibbles.Pack(key, depth, count, _packed);
        NodeKind kind = fork.Value is null ? NodeKind.Branch : fork.IsHashed ? NodeKind.BranchWithHashedValue : NodeKind.BranchWithValue;
        int size = NodeEncoder.MaxHeadSize(count, fork.Value?.Length ?? 0), start = _headLength;
        if (start + size > _heads.Length) Array.Resize(ref _heads, Math.Max(start + size, _heads.Length * 2));
        _headLength += NodeEncoder.WriteHead(_heads.AsSpan(start), kind, count, _packed.AsSpan(0, Nibbles.ByteCount(count)), fork.Bitmap, fork.Value);
        return (start, _headLength - start);
    }

    /// <summary>Hashes all finished nodes into the slots of their parents.</summary>
    private void Flush()
    {
        _values.Flush();
        foreach (PendingLeaf leaf in _leaves)
        {
            _leafBuffer.AsSpan(leaf.Offset, leaf.Length).CopyTo(_nodes.Reserve(leaf.Length));
            _nodes.AddNode(leaf.Length, _regions, leaf.Slot);
        }

        _nodes.Flush();
        foreach (List<Closed> height in _closed)
        {
            foreach (Closed fork in height)
            {
                int length = Encode(fork, out _);
                _nodes.AddNode(length, _regions, fork.Slot);
                _freeRegions.Push(fork.Region);
            }

            _nodes.Flush();
            height.Clear();
        }

        _leaves.Clear();
        _leafLength = _headLength = 0;
    }

    private int Encode(in Closed fork, out Span<byte> target)
    {
        int slots = fork.Count * Branch.SlotSize;
        target = _nodes.Reserve(fork.HeadLength + slots);
        _heads.AsSpan(fork.Head, fork.HeadLength).CopyTo(target);
        return fork.HeadLength + NodeEncoder.CopyChildren(_regions.AsSpan(fork.Region, slots), target[fork.HeadLength..]);
    }

    private Hash256 CloseRoot(ReadOnlySpan<byte> key)
    {
        Flush();
        Fork fork = _open[^1];
        (int head, int length) = EncodeHead(fork, key, 0);
        int size = Encode(new Closed(head, length, fork.Region, fork.Count, 0), out Span<byte> target);
        return Digest(target[..size]);
    }

    private Hash256 Root((int Offset, int Length) leaf)
    {
        _values.Flush();
        return Digest(_leafBuffer.AsSpan(leaf.Offset, leaf.Length));
    }

    private static Hash256 Digest(ReadOnlySpan<byte> encoded)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(encoded, digest);
        return new Hash256(digest);
    }

    /// <summary>A branch with the present key below it: more children may come.</summary>
    private struct Fork
    {
        public int Depth;
        public int Region;
        public int Count;
        public int Height;
        public ushort Bitmap;
        public bool IsHashed;
        public byte[]? Value;
    }

    /// <summary>A leaf whose Merkle value is due.</summary>
    private readonly record struct PendingLeaf(int Offset, int Length, int Slot);

    /// <summary>A branch with all of its children whose Merkle value is due.</summary>
    private readonly record struct Closed(int Head, int HeadLength, int Region, int Count, int Slot);
}
