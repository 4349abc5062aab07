namespace Phala.Contracts;

/// <summary>Numbers in byte arrays, least significant byte first, and hexadecimal.</summary>
internal static class Words
{
    internal static ulong Read(byte[] bytes, int at)
    {
        ulong value = 0;
        for (int index = 7; index >= 0; index--) value = (value << 8) | bytes[at + index];
        return value;
    }

    internal static void Write(byte[] bytes, int at, ulong value)
    {
        for (int index = 0; index < 8; index++)
        {
            bytes[at + index] = (byte)value;
            value >>= 8;
        }
    }

    internal static string ToHex(byte[] bytes)
    {
        char[] text = new char[2 + (2 * bytes.Length)];
        text[0] = '0';
        text[1] = 'x';
        for (int index = 0; index < bytes.Length; index++)
        {
            text[2 + (2 * index)] = Digit(bytes[index] >> 4);
            text[3 + (2 * index)] = Digit(bytes[index] & 15);
        }

        return new string(text);
    }

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);
}
