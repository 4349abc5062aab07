namespace System;

/// <summary>Bytes as hexadecimal text and back.</summary>
public static class Convert
{
    public static string ToHexString(byte[] inArray) => ToHexString((ReadOnlySpan<byte>)inArray);

    public static string ToHexString(ReadOnlySpan<byte> bytes) => Hex(bytes, 'A');

    public static string ToHexStringLower(byte[] inArray) => Hex(inArray, 'a');

    public static string ToHexStringLower(ReadOnlySpan<byte> bytes) => Hex(bytes, 'a');

    public static byte[] FromHexString(string s)
    {
        ArgumentNullException.ThrowIfNull(s, nameof(s));
        if ((s.Length & 1) != 0) throw new FormatException("The input is not a valid hex string as its length is not a multiple of 2.");
        byte[] made = new byte[s.Length / 2];
        for (int i = 0; i < made.Length; i++) made[i] = (byte)(Digit(s[2 * i]) << 4 | Digit(s[2 * i + 1]));
        return made;
    }

    private static string Hex(ReadOnlySpan<byte> bytes, char ten)
    {
        char[] text = new char[bytes.Length * 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            text[2 * i] = Letter(bytes[i] >> 4, ten);
            text[2 * i + 1] = Letter(bytes[i] & 15, ten);
        }

        return new string(text);
    }

    private static char Letter(int digit, char ten) => (char)(digit < 10 ? '0' + digit : ten + digit - 10);

    private static int Digit(char c)
    {
        int digit = char.IsDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
        if (digit < 0 || digit > 15 || !char.IsAsciiHexDigit(c)) throw new FormatException("The input is not a valid hex string as it contains a non-hex character.");
        return digit;
    }
}
