namespace Phala.Tests.Node.Storage;

/// <summary>What a file of a <see cref="MemoryFileSystem"/> holds: now, and what of it would be there after a loss of power.</summary>
internal sealed class MemoryFile
{
    /// <summary>A disk writes so many bytes at once or not at all.</summary>
    public const int Sector = 512;

    private byte[] _content = [];
    private byte[] _durable = [];

    /// <summary>The length now.</summary>
    public int Length { get; private set; }

    /// <summary>The length that is durable.</summary>
    private int DurableLength { get; set; }

    /// <summary>Reads.</summary>
    public int Read(long offset, Span<byte> buffer)
    {
        if (offset >= Length) return 0;
        int count = (int)Math.Min(buffer.Length, Length - offset);
        _content.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }

    /// <summary>Writes.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        int end = (int)offset + bytes.Length;
        if (end > Length) SetLength(end);
        bytes.CopyTo(_content.AsSpan((int)offset));
    }

    /// <summary>Cuts off or fills up.</summary>
    public void SetLength(long length)
    {
        if (length > _content.Length) Array.Resize(ref _content, Math.Max((int)length, _content.Length * 2));
        if (length < Length) _content.AsSpan((int)length, Length - (int)length).Clear();
        Length = (int)length;
    }

    /// <summary>Makes durable what is there.</summary>
    public void Flush()
    {
        _durable = _content[..Length];
        DurableLength = Length;
    }

    /// <summary>Flips one bit.</summary>
    public void Flip(long offset, int bit) => _content[offset] ^= (byte)(1 << bit);

    /// <summary>What is there after the end of the process alone.</summary>
    public MemoryFile AfterKill()
    {
        MemoryFile copy = new();
        copy.Write(0, _content.AsSpan(0, Length));
        copy.SetLength(Length);
        copy.Flush();
        return copy;
    }

    /// <summary>What is there after a loss of power: of what was not flushed, any sectors, and either length.</summary>
    public MemoryFile AfterPowerLoss(Random random)
    {
        int length = random.Next(2) == 0 ? Length : DurableLength;
        MemoryFile copy = new();
        copy.SetLength(length);
        bool all = random.Next(3) == 0;
        for (int offset = 0; offset < length; offset += Sector)
        {
            bool takesNew = all || random.Next(2) == 0;
            ReadOnlySpan<byte> source = takesNew ? _content.AsSpan(0, Length) : _durable.AsSpan(0, DurableLength);
            if (offset < source.Length) copy.Write(offset, source[offset..Math.Min(Math.Min(offset + Sector, source.Length), length)]);
        }

        copy.SetLength(length);
        copy.Flush();
        return copy;
    }
}
