namespace Phala.Crypto.Keys;

/// <summary>Base58 in Bitcoin's alphabet: a number in digits that can't be mistaken for each other, with a <c>1</c> for each leading zero byte.</summary>
/// <remarks>Work grows with the square of the destination's length, which the caller bounds, and not with a longer text.</remarks>
public static class Base58
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>How many digits bytes of a number can take at most.</summary>
    public static int MaxTextLength(int byteCount) => (byteCount * 138 / 100) + 1;

    /// <summary>Writes bytes as text.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digits = bytes.Length <= 64 ? stackalloc byte[MaxTextLength(64)] : new byte[MaxTextLength(bytes.Length)];
        int zeros = bytes.IndexOfAnyExcept((byte)0);
        if (zeros < 0) zeros = bytes.Length;

        // Digits of base 58, the lowest first.
        int length = 0;
        foreach (byte value in bytes[zeros..])
        {
            int carry = value;
            for (int at = 0; at < length; at++)
            {
                carry += digits[at] << 8;
                digits[at] = (byte)(carry % 58);
                carry /= 58;
            }

            for (; carry > 0; carry /= 58) digits[length++] = (byte)(carry % 58);
        }

        Span<char> text = length + zeros <= 128 ? stackalloc char[length + zeros] : new char[length + zeros];
        text[..zeros].Fill(Alphabet[0]);
        for (int at = 0; at < length; at++) text[zeros + at] = Alphabet[digits[length - 1 - at]];
        return new string(text);
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="bytes">Receives the bytes at its beginning; longer numbers are an error.</param>
    /// <param name="written">How many bytes there are.</param>
    public static Base58Error TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int written)
    {
        written = 0;
        int zeros = text.IndexOfAnyExcept(Alphabet[0]);
        if (zeros < 0) zeros = text.Length;
        if (zeros > bytes.Length) return Base58Error.TooLong;

        // Bytes of the number, the lowest first.
        Span<byte> number = bytes[zeros..];
        int length = 0;
        foreach (char digit in text[zeros..])
        {
            int carry = Alphabet.IndexOf(digit, StringComparison.Ordinal);
            if (carry < 0) return Base58Error.BadCharacter;
            for (int at = 0; at < length; at++)
            {
                carry += number[at] * 58;
                number[at] = (byte)carry;
                carry >>= 8;
            }

            if (carry == 0) continue;
            if (length == number.Length) return Base58Error.TooLong;
            number[length++] = (byte)carry;
        }

        bytes[..zeros].Clear();
        number[..length].Reverse();
        written = zeros + length;
        return Base58Error.None;
    }
}
