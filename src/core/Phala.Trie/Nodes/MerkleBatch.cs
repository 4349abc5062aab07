using System.Buffers;
using Phala.Crypto.Hashing;

namespace Phala.Trie.Nodes;

/// <summary>
/// Collects messages that do not depend on one another and hashes them side by side. Each digest goes to a place given with its message,
/// at the latest with <see cref="Flush"/>.
/// </summary>
internal sealed class MerkleBatch : IDisposable
{
    private const int MaxMessages = 256, FlushSize = 1 << 16;

    private readonly BatchMessage[] _messages = new BatchMessage[MaxMessages];
    private readonly (byte[] Array, int Offset)[] _targets = new (byte[], int)[MaxMessages];
    private readonly byte[] _digests = new byte[MaxMessages * Hash256.Size];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _count, _length;

    /// <summary>Room for the next message. What was collected may be hashed to make it.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_count == MaxMessages || (_length + size > FlushSize && _count > 0)) Flush();
        if (_length + size > _buffer.Length) Grow(_length + size);
        return _buffer.AsSpan(_length, size);
    }

    /// <summary>Asks for the digest of what was written to the first <paramref name="length"/> bytes of <see cref="Reserve"/>.</summary>
    public void Add(int length, byte[] target, int offset)
    {
        _messages[_count] = new BatchMessage(_length, length);
        _targets[_count++] = (target, offset);
        _length += length;
    }

    /// <summary>Asks for the Merkle value of the encoded node in the first <paramref name="length"/> bytes of <see cref="Reserve"/>, in a slot.</summary>
    public void AddNode(int length, byte[] slots, int offset)
    {
        slots[offset] = (byte)(Math.Min(length, Hash256.Size) << 2);
        if (length >= Hash256.Size) Add(length, slots, offset + 1);
        else _buffer.AsSpan(_length, length).CopyTo(slots.AsSpan(offset + 1));
    }

    /// <summary>Hashes what was collected.</summary>
    public void Flush()
    {
        Span<byte> digests = _digests.AsSpan(0, _count * Hash256.Size);
        Blake2bBatch.Hash256(_buffer, _messages.AsSpan(0, _count), digests);
        for (int index = 0; index < _count; index++)
        {
            (byte[] array, int offset) = _targets[index];
            digests.Slice(index * Hash256.Size, Hash256.Size).CopyTo(array.AsSpan(offset, Hash256.Size));
        }

        _count = _length = 0;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Grow(int size)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(size, _buffer.Length * 2));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
