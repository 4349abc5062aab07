using System.Buffers;

namespace Phala.Codec;

/// <summary>Hexadecimal text as Substrate's interfaces use it: <c>0x</c>, then two digits for each byte, lower case when written.</summary>
public static class Hex
{
    private const string Prefix = "0x";

    /// <summary>The bytes as text with <c>0x</c>.</summary>
    public static string Format(ReadOnlySpan<byte> bytes) => string.Concat(Prefix, Convert.ToHexStringLower(bytes));

    /// <summary>Writes the bytes as text with <c>0x</c>, unless there is too little room.</summary>
    public static bool TryFormat(ReadOnlySpan<byte> bytes, Span<char> text, out int written)
    {
        written = 0;
        if (text.Length < FormattedLength(bytes.Length)) return false;
        Prefix.CopyTo(text);
        Convert.TryToHexStringLower(bytes, text[Prefix.Length..], out int digits);
        written = Prefix.Length + digits;
        return true;
    }

    /// <summary>How many characters so many bytes take, with <c>0x</c>.</summary>
    public static int FormattedLength(int byteCount) => checked(Prefix.Length + 2 * byteCount);

    /// <summary>Reads text with <c>0x</c> and digits of either case.</summary>
    public static HexError Parse(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        HexError error = Measure(text, out int length);
        if (error != HexError.None) return error;
        byte[] parsed = new byte[length];
        error = ParseDigits(text, parsed);
        if (error == HexError.None) bytes = parsed;
        return error;
    }

    /// <summary>Reads text with <c>0x</c> and digits of either case; <see cref="HexError.WrongLength"/> where it is not exactly as long as the destination.</summary>
    public static HexError Parse(ReadOnlySpan<char> text, Span<byte> destination)
    {
        HexError error = Measure(text, out int length);
        if (error != HexError.None) return error;
        return length == destination.Length ? ParseDigits(text, destination) : HexError.WrongLength;
    }

    /// <summary>Reads text with <c>0x</c> and digits of either case; false where it is anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out byte[] bytes) => Parse(text, out bytes) == HexError.None;

    private static HexError Measure(ReadOnlySpan<char> text, out int length)
    {
        length = (text.Length - Prefix.Length) / 2;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return HexError.MissingPrefix;
        return text.Length % 2 == 0 ? HexError.None : HexError.OddLength;
    }

    private static HexError ParseDigits(ReadOnlySpan<char> text, Span<byte> destination)
    {
        OperationStatus status = Convert.FromHexString(text[Prefix.Length..], destination, out _, out _);
        return status == OperationStatus.Done ? HexError.None : HexError.InvalidDigit;
    }
}
