using System.Buffers.Binary;

namespace Phala.Codec;

/// <summary>
/// The layout of compact integers. The two low bits of the first byte are the mode: 0, 1 and 2 hold the value in the other bits of 1, 2 and 4 bytes; 3 is
/// followed by the value itself in (first byte >> 2) + 4 bytes. Each value has exactly one form, the shortest.
/// </summary>
internal static class CompactForm
{
    internal const int ModeBits = 2;
    internal const int ModeMask = 3;
    internal const int OneByte = 0;
    internal const int TwoBytes = 1;
    internal const int FourBytes = 2;
    internal const int ManyBytes = 3;

    /// <summary>The fewest bytes that follow the first one in mode 3.</summary>
    internal const int LeastFollowing = 4;

    /// <summary>The values from which on one, two and four bytes no longer do.</summary>
    internal const uint TwoByteStart = 1u << 6, FourByteStart = 1u << 14, ManyByteStart = 1u << 30;

    /// <summary>Whether the number at the front is written with more than 8 following bytes.</summary>
    internal static bool IsWiderThan64Bits(ReadOnlySpan<byte> input) =>
        !input.IsEmpty && (input[0] & ModeMask) == ManyBytes && (input[0] >> ModeBits) + LeastFollowing > sizeof(ulong);

    /// <summary>Reads a number of at most 64 bits.</summary>
    internal static ScaleError TryRead(ReadOnlySpan<byte> input, ulong max, out ulong value, out int length)
    {
        value = 0;
        length = 0;
        if (input.IsEmpty) return ScaleError.UnexpectedEnd;
        int mode = input[0] & ModeMask;
        int total = mode == ManyBytes ? 1 + LeastFollowing + (input[0] >> ModeBits) : 1 << mode;
        if (total > 1 + sizeof(ulong)) return ScaleError.CompactOverflow;
        if (total > input.Length) return ScaleError.UnexpectedEnd;

        ulong number, least;
        switch (mode)
        {
            case OneByte:
                (number, least) = ((ulong)input[0] >> ModeBits, 0);
                break;
            case TwoBytes:
                (number, least) = ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(input) >> ModeBits, TwoByteStart);
                break;
            case FourBytes:
                (number, least) = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(input) >> ModeBits, FourByteStart);
                break;
            default:
                (number, least) = (LittleEndian(input[1..total]), total == 1 + LeastFollowing ? ManyByteStart : 1UL << (8 * (total - 2)));
                break;
        }

        if (number < least) return ScaleError.NonMinimalCompact;
        if (number > max) return ScaleError.CompactOverflow;
        value = number;
        length = total;
        return ScaleError.None;
    }

    /// <summary>Reads a number written with 9 to <paramref name="maxBytes"/> following bytes.</summary>
    internal static ScaleError TryReadWide(ReadOnlySpan<byte> input, int maxBytes, out UInt256 value, out int length)
    {
        value = default;
        length = 0;
        int following = (input[0] >> ModeBits) + LeastFollowing;
        if (following > maxBytes) return ScaleError.CompactOverflow;
        if (1 + following > input.Length) return ScaleError.UnexpectedEnd;
        if (input[following] == 0) return ScaleError.NonMinimalCompact;

        Span<byte> padded = stackalloc byte[UInt256.Size];
        padded.Clear();
        input.Slice(1, following).CopyTo(padded);
        value = UInt256.FromLittleEndian(padded);
        length = 1 + following;
        return ScaleError.None;
    }

    private static ulong LittleEndian(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == sizeof(ulong)) return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        ulong value = 0;
        for (int at = bytes.Length - 1; at >= 0; at--) value = (value << 8) | bytes[at];
        return value;
    }
}
