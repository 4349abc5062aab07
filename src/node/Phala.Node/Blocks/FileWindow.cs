namespace Phala.Node.Blocks;

/// <summary>A moving view of a file or pipe: bytes from the next unread one on, as many as were asked for so far.</summary>
/// <param name="input">The file.</param>
/// <param name="limit">The most bytes that are held.</param>
internal sealed class FileWindow(Stream input, int limit)
{
    private byte[] _buffer = new byte[Math.Min(1 << 16, limit)];
    private int _start, _end;

    /// <summary>The bytes that are there.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(_start, _end - _start);

    /// <summary>The place of the first of them in the file.</summary>
    public long Position { get; private set; }

    /// <summary>Whether the file ends with them.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Whether as many are held as may be.</summary>
    public bool IsFull => _end - _start >= limit;

    /// <summary>Goes on by some bytes.</summary>
    public void Advance(int count)
    {
        _start += count;
        Position += count;
    }

    /// <summary>Reads on: at least twice as much is there afterwards, or the file's end or the limit is reached.</summary>
    public void Grow()
    {
        int held = _end - _start;
        if (held > _buffer.Length / 2)
        {
            byte[] larger = new byte[Math.Min(limit, 2L * _buffer.Length)];
            _buffer.AsSpan(_start, held).CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_start, held).CopyTo(_buffer);
        }

        (_start, _end) = (0, held);
        int read = input.ReadAtLeast(_buffer.AsSpan(_end), _buffer.Length - _end, throwOnEndOfStream: false);
        IsAtEnd = _end + read < _buffer.Length;
        _end += read;
    }
}
