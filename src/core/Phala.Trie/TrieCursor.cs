using System.Numerics;
using Phala.Trie.Nodes;

namespace Phala.Trie;

/// <summary>
/// Walks the entries of a trie in the order of their keys. One cursor may seek again and again, and then allocates nothing more.
/// A cursor belongs to one thread at a time; its trie never changes under it.
/// </summary>
public sealed class TrieCursor
{
    private readonly TrieNode _root;
    private Frame[] _stack = new Frame[12];
    private byte[] _key = new byte[64];
    private int _depth, _stackSize;
    private TrieNode _pending;
    private ReadOnlyMemory<byte> _value;

    /// <summary>A cursor before the first entry.</summary>
    public TrieCursor(MerkleTrie trie)
    {
        _root = trie.RootNode;
        _pending = _root;
    }

    /// <summary>The key of the entry; valid until the cursor moves.</summary>
    public ReadOnlySpan<byte> Key => _key.AsSpan(0, _depth >> 1);

    /// <summary>The value of the entry; valid for ever.</summary>
    public ReadOnlyMemory<byte> Value => _value;

    /// <summary>Places the cursor before the first entry whose key is not less than <paramref name="key"/>.</summary>
    public void Seek(ReadOnlySpan<byte> key)
    {
        _stackSize = _depth = 0;
        _pending = default;
        TrieNode node = _root;
        while (!node.IsEmpty)
        {
            int count = PartialCount(node);
            int shared = Nibbles.CommonWithKey(Partial(node), count, key, _depth);
            if (_depth + shared == key.Length * 2 || (shared < count && Nibbles.PackedAt(Partial(node), count, shared) > Nibbles.At(key, _depth + shared)))
            {
                _pending = node;
                return;
            }

            if (shared < count || node.IsLeaf) return;
            Branch branch = node.Branch;
            AppendPartial(Partial(node), count);
            int nibble = Nibbles.At(key, _depth);
            Push(branch, nibble + 1);
            AppendNibble(nibble);
            node = branch.Child(nibble);
        }
    }

    /// <summary>Goes to the next entry; false after the last one.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            if (!_pending.IsEmpty)
            {
                TrieNode node = _pending;
                _pending = default;
                if (Enter(node)) return true;
            }

            while (_pending.IsEmpty)
            {
                if (_stackSize == 0) return false;
                Advance(ref _stack[_stackSize - 1]);
            }
        }
    }

    /// <summary>Visits a node for the first time.</summary>
    /// <returns>Whether a key ends at it.</returns>
    private bool Enter(TrieNode node)
    {
        AppendPartial(Partial(node), PartialCount(node));
        if (node.IsLeaf)
        {
            byte[] data = node.Leaf.Data;
            int length = node.Leaf.Value.Length;
            _value = data.AsMemory(data.Length - length, length);
            return true;
        }

        Branch branch = node.Branch;
        Push(branch, 0);
        if (branch.Value is null) return false;
        _value = branch.Value.Bytes;
        return true;
    }

    private void Advance(ref Frame frame)
    {
        uint left = frame.Branch.Bitmap & (uint.MaxValue << frame.NextNibble);
        if (left == 0)
        {
            _stackSize--;
            return;
        }

        int nibble = BitOperations.TrailingZeroCount(left);
        frame.NextNibble = nibble + 1;
        _depth = frame.Depth;
        AppendNibble(nibble);
        _pending = frame.Branch.Child(nibble);
    }

    private void Push(Branch branch, int nextNibble)
    {
        if (_stackSize == _stack.Length) Array.Resize(ref _stack, _stackSize * 2);
        _stack[_stackSize++] = new Frame { Branch = branch, NextNibble = nextNibble, Depth = _depth };
    }

    private static int PartialCount(TrieNode node) => node.IsLeaf ? node.Leaf.PartialCount : node.Branch.Path.Count;

    private static ReadOnlySpan<byte> Partial(TrieNode node) => node.IsLeaf ? node.Leaf.Partial : node.Branch.Path.Packed;

    private void AppendPartial(ReadOnlySpan<byte> packed, int count)
    {
        int end = _depth + count;
        if (Nibbles.ByteCount(end) > _key.Length) Array.Resize(ref _key, Math.Max(_key.Length * 2, Nibbles.ByteCount(end)));
        if ((end & 1) != 0)
        {
            for (int index = 0; index < count; index++) AppendNibble(Nibbles.PackedAt(packed, count, index));
            return;
        }

        // The run ends with a byte of the key, so all of its bytes are bytes of the key but for a first half.
        if ((count & 1) != 0)
        {
            AppendNibble(packed[0]);
            packed = packed[1..];
        }

        packed.CopyTo(_key.AsSpan(_depth >> 1));
        _depth = end;
    }

    private void AppendNibble(int nibble)
    {
        int at = _depth++ >> 1;
        if (at == _key.Length) Array.Resize(ref _key, at * 2);
        _key[at] = (_depth & 1) != 0 ? (byte)(nibble << 4) : (byte)((_key[at] & 0xF0) | nibble);
    }

    /// <summary>A branch with some children left to visit.</summary>
    private struct Frame
    {
        public Branch Branch;
        public int NextNibble;
        public int Depth;
    }
}
