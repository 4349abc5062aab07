using System.Numerics;
using Phala.Trie.Nodes;

namespace Phala.Trie.Proofs;

/// <summary>
/// Walks the entries that a proof reveals below a prefix, in the order of their keys. Parts that it does not reveal are passed over, and
/// <see cref="IsComplete"/> says so.
/// </summary>
/// <remarks>
/// <b>Bounds.</b> A node may be referred to from many places, and so a small proof may stand for exponentially many entries. All steps together read at most as
/// many bytes of nodes as the proof has, and <see cref="RepeatAllowance"/> more: a proof that repeats nothing is walked to its end, and where the bytes are used
/// up the walk ends incomplete.
/// </remarks>
public sealed class ProofCursor
{
    /// <summary>Bytes of nodes that may be read beyond the length of the proof.</summary>
    public const int RepeatAllowance = 1 << 22;

    private readonly TrieProof _proof;
    private readonly byte[] _prefix;
    private readonly List<Frame> _stack = [];
    private byte[] _path = new byte[128];
    private int _depth;
    private long _bytesLeft;
    private ReadOnlyMemory<byte>? _pending;

    internal ProofCursor(TrieProof proof, ReadOnlySpan<byte> prefix)
    {
        _proof = proof;
        _prefix = prefix.ToArray();
        _pending = proof.RootNode;
        _bytesLeft = (long)proof.EncodedLength + RepeatAllowance;
    }

    /// <summary>The key of the entry.</summary>
    public byte[] Key { get; private set; } = [];

    /// <summary>The value of the entry, or null where the proof holds only its digest.</summary>
    public ReadOnlyMemory<byte>? Value { get; private set; }

    /// <summary>Whether no node below the prefix was missing or unreadable so far, and the walk did not end at its bound. After the last entry: whether the entries seen are all there are.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Goes to the next entry; false after the last one.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            if (_pending is { } encoded)
            {
                _pending = null;
                if (TryEnter(encoded)) return true;
            }

            while (_pending is null)
            {
                if (_stack.Count == 0) return false;
                Advance();
            }
        }
    }

    /// <summary>Visits a node for the first time.</summary>
    /// <returns>Whether a key ends at it.</returns>
    private bool TryEnter(ReadOnlyMemory<byte> encoded)
    {
        if (!NodeView.TryDecode(encoded.Span, out NodeView node, out _))
        {
            IsComplete = false;
            return false;
        }

        for (int index = 0; index < node.PartialCount; index++)
        {
            if (!TryAppend(Nibbles.PackedAt(node.Partial, node.PartialCount, index))) return false;
        }

        if (node.IsBranch) _stack.Add(new Frame(encoded, 0, _depth));

        // A value after half a byte is named by no key.
        if (!node.HasValue || _depth < _prefix.Length * 2 || (_depth & 1) != 0) return false;
        Key = new byte[_depth >> 1];
        for (int index = 0; index < Key.Length; index++) Key[index] = (byte)((_path[2 * index] << 4) | _path[(2 * index) + 1]);
        Value = node.HasHashedValue ? _proof.Find(node.Value) : node.Value.ToArray();
        return true;
    }

    private void Advance()
    {
        Frame frame = _stack[^1];
        _ = NodeView.TryDecode(frame.Encoded.Span, out NodeView node, out _);
        uint left = node.Bitmap & (uint.MaxValue << frame.NextNibble);
        if (left == 0)
        {
            _stack.RemoveAt(_stack.Count - 1);
            return;
        }

        int nibble = BitOperations.TrailingZeroCount(left);
        _stack[^1] = frame with { NextNibble = nibble + 1 };
        _depth = frame.Depth;
        if (!TryAppend(nibble)) return;
        ReadOnlySpan<byte> child = node.Child(nibble);
        _pending = child.Length == Hash256.Size ? Charge(_proof.Find(child)) : child.ToArray();
        if (_pending is null) IsComplete = false;
    }

    /// <summary>Counts the bytes of a node; ends the walk where there have been too many.</summary>
    private ReadOnlyMemory<byte>? Charge(ReadOnlyMemory<byte>? entry)
    {
        _bytesLeft -= entry?.Length ?? 0;
        if (_bytesLeft >= 0) return entry;
        _stack.Clear();
        return null;
    }

    /// <summary>Goes one half byte down; false where that leaves the prefix.</summary>
    private bool TryAppend(int nibble)
    {
        if (_depth < _prefix.Length * 2 && Nibbles.At(_prefix, _depth) != nibble) return false;
        if (_depth == _path.Length) Array.Resize(ref _path, _depth * 2);
        _path[_depth++] = (byte)nibble;
        return true;
    }

    /// <summary>A branch with some children left to visit.</summary>
    private readonly record struct Frame(ReadOnlyMemory<byte> Encoded, int NextNibble, int Depth);
}
