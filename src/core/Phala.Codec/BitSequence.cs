namespace Phala.Codec;

/// <summary>
/// An immutable sequence of bits, packed into bytes with the least significant bit first (<c>BitVec&lt;u8, Lsb0&gt;</c>). Compared by content; bits after the
/// last one are zero. The default value is the empty sequence.
/// </summary>
public readonly struct BitSequence : IEquatable<BitSequence>
{
    private readonly byte[]? _bytes;

    private BitSequence(byte[] bytes, int length)
    {
        _bytes = bytes;
        Length = length;
    }

    /// <summary>The number of bits.</summary>
    public int Length { get; }

    /// <summary>A bit by position.</summary>
    public bool this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
            return ((AsBytes()[index / 8] >> (index % 8)) & 1) != 0;
        }
    }

    /// <summary>A sequence of these bits.</summary>
    public static BitSequence Create(params ReadOnlySpan<bool> bits)
    {
        byte[] bytes = new byte[ByteCount(bits.Length)];
        for (int at = 0; at < bits.Length; at++)
        {
            if (bits[at]) bytes[at / 8] |= (byte)(1 << (at % 8));
        }

        return new BitSequence(bytes, bits.Length);
    }

    /// <summary>Takes packed bits, unless their number of bytes does not fit or a bit after the last one is set.</summary>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, int length, out BitSequence bits)
    {
        bits = default;
        if (length < 0 || bytes.Length != ByteCount(length)) return false;
        if (length % 8 != 0 && bytes[^1] >> (length % 8) != 0) return false;
        bits = new BitSequence(bytes.ToArray(), length);
        return true;
    }

    /// <summary>How many bytes so many bits take.</summary>
    public static int ByteCount(int length) => (int)(((uint)length + 7) / 8);

    /// <summary>The packed bits.</summary>
    public ReadOnlySpan<byte> AsBytes() => _bytes;

    /// <inheritdoc/>
    public bool Equals(BitSequence other) => Length == other.Length && AsBytes().SequenceEqual(other.AsBytes());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BitSequence other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => FixedBytes.HashCode(AsBytes()) ^ Length;

    /// <summary>The bits as 0 and 1, the first one first.</summary>
    public override string ToString()
    {
        BitSequence bits = this;
        return string.Create(Length, bits, static (text, source) =>
        {
            for (int at = 0; at < text.Length; at++) text[at] = source[at] ? '1' : '0';
        });
    }

    /// <summary>Whether both hold the same bits.</summary>
    public static bool operator ==(BitSequence left, BitSequence right) => left.Equals(right);

    /// <summary>Whether the bits differ.</summary>
    public static bool operator !=(BitSequence left, BitSequence right) => !left.Equals(right);
}
