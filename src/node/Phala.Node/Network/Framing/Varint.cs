namespace Phala.Node.Network.Framing;

/// <summary>Unsigned integers of seven bits a byte, the lowest first: lengths on every stream, and tags and numbers of protocol buffers.</summary>
internal static class Varint
{
    /// <summary>The most bytes of one of 64 bits.</summary>
    public const int MaxLength = 10;

    private const int PayloadBits = 7;
    private const byte More = 0x80;

    /// <summary>How many bytes a value takes.</summary>
    public static int LengthOf(ulong value) => Math.Max(1, (64 - System.Numerics.BitOperations.LeadingZeroCount(value) + PayloadBits - 1) / PayloadBits);

    /// <summary>Writes a value.</summary>
    /// <returns>How many bytes it took.</returns>
    public static int Write(ulong value, Span<byte> destination)
    {
        int at = 0;
        for (; value >= More; value >>= PayloadBits) destination[at++] = (byte)(value | More);
        destination[at++] = (byte)value;
        return at;
    }

    /// <summary>Reads a value, which need not be the shortest form: protocol buffers allow others.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="value">The value.</param>
    /// <param name="length">How many bytes it took.</param>
    /// <returns>False where the bytes end in it, or it is more than 64 bits.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ulong value, out int length)
    {
        (value, length) = (0, 0);
        for (int shift = 0; length < bytes.Length && length < MaxLength; shift += PayloadBits)
        {
            byte next = bytes[length++];
            if (length == MaxLength && next > 1) return false;
            value |= (ulong)(next & ~More) << shift;
            if (next < More) return true;
        }

        return false;
    }
}
