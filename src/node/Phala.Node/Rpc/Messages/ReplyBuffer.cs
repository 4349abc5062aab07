using System.Buffers;

namespace Phala.Node.Rpc.Messages;

/// <summary>
/// A growing buffer on pooled memory that a reply is written to. What was written can be taken back, so that a handler may fail half-way and an error takes the
/// place of its result; hence a reply reaches the connection in one copy, with its length known.
/// </summary>
internal sealed class ReplyBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Smallest = 512, MostKept = 64 * 1024;
    private byte[] _bytes = [];
    private int _length;

    /// <summary>How many bytes the buffer may come to hold; more is a <see cref="ReplyTooLongException"/>.</summary>
    public int Limit { get; set; } = Array.MaxLength;

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>How many bytes were written. A smaller number takes the rest back.</summary>
    public int Length
    {
        get => _length;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)_length, nameof(value));
            _length = value;
        }
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - _length), nameof(count));
        if (count > Limit - _length) throw new ReplyTooLongException();
        _length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    /// <summary>Adds these bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Limit - _length) throw new ReplyTooLongException();
        bytes.CopyTo(GetSpan(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>The memory with what was written, which is now the caller's to return to the pool; the buffer is empty.</summary>
    public byte[] Detach()
    {
        byte[] bytes = _bytes;
        _bytes = [];
        _length = 0;
        return bytes;
    }

    /// <summary>Empties the buffer, and gives the memory back if it is more than is kept for the next use.</summary>
    public void Clear()
    {
        if (_bytes.Length > MostKept) Dispose();
        else _length = 0;
    }

    /// <summary>Gives the memory back; the buffer is empty and can be used again.</summary>
    public void Dispose()
    {
        byte[] bytes = Detach();
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Reserve(int sizeHint)
    {
        int least = Math.Max(sizeHint, 1);
        if (_bytes.Length - _length >= least) return;

        // The JSON writer asks for three times the length of a string before it knows how long it gets: room beyond the limit is no reply beyond the limit.
        if (least > Array.MaxLength - _length) throw new ReplyTooLongException();
        int wanted = (int)Math.Min(Math.Max(Math.Max(2L * _bytes.Length, _length + (long)least), Smallest), Array.MaxLength);
        byte[] larger = ArrayPool<byte>.Shared.Rent(wanted);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
