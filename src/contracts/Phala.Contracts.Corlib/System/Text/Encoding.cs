namespace System.Text;

/// <summary>Text as bytes: UTF-8 and ASCII.</summary>
public class Encoding
{
    private readonly bool _ascii;

    internal Encoding(bool ascii) => _ascii = ascii;

    public static Encoding UTF8 => new Encoding(false);

    public static Encoding ASCII => new Encoding(true);

    public int GetByteCount(string s) => GetBytes(s).Length;

    public byte[] GetBytes(string s)
    {
        ArgumentNullException.ThrowIfNull(s, nameof(s));
        byte[] buffer = new byte[s.Length * 3];
        int count = 0;
        for (int i = 0; i < s.Length; i++)
        {
            int c = s[i];
            if (c < 0x80)
            {
                buffer[count++] = (byte)c;
                continue;
            }

            if (_ascii)
            {
                buffer[count++] = (byte)'?';
                continue;
            }

            if (char.IsHighSurrogate((char)c) && i + 1 < s.Length && char.IsLowSurrogate(s[i + 1])) c = 0x10000 + ((c - 0xD800) << 10) + (s[++i] - 0xDC00);
            else if (char.IsSurrogate((char)c)) c = 0xFFFD;
            count = Write(buffer, count, c);
        }

        return new ReadOnlySpan<byte>(buffer, 0, count).ToArray();
    }

    public string GetString(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes, nameof(bytes));
        return GetString((ReadOnlySpan<byte>)bytes);
    }

    public string GetString(byte[] bytes, int index, int count) => GetString(new ReadOnlySpan<byte>(bytes, index, count));

    public string GetString(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new StringBuilder(bytes.Length);
        for (int i = 0; i < bytes.Length;)
        {
            int first = bytes[i];
            if (first < 0x80)
            {
                text.Append((char)first);
                i++;
                continue;
            }

            int c = 0;
            int used = _ascii ? -1 : Decode(bytes.Slice(i), out c);
            if (used < 0)
            {
                text.Append(_ascii ? '?' : '\uFFFD');
                i += -used;
                continue;
            }

            if (c >= 0x10000) text.Append((char)(0xD800 + ((c - 0x10000) >> 10))).Append((char)(0xDC00 + ((c - 0x10000) & 0x3FF)));
            else text.Append((char)c);
            i += used;
        }

        return text.ToString();
    }

    private static int Write(byte[] buffer, int count, int c)
    {
        if (c < 0x800)
        {
            buffer[count++] = (byte)(0xC0 | c >> 6);
        }
        else if (c < 0x10000)
        {
            buffer[count++] = (byte)(0xE0 | c >> 12);
            buffer[count++] = (byte)(0x80 | (c >> 6 & 0x3F));
        }
        else
        {
            buffer[count++] = (byte)(0xF0 | c >> 18);
            buffer[count++] = (byte)(0x80 | (c >> 12 & 0x3F));
            buffer[count++] = (byte)(0x80 | (c >> 6 & 0x3F));
        }

        buffer[count++] = (byte)(0x80 | (c & 0x3F));
        return count;
    }

    // The bytes of one character, or the negative number of bytes that one replacement stands for.
    private static int Decode(ReadOnlySpan<byte> bytes, out int c)
    {
        int first = bytes[0];
        int length = first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
        c = first & (0x7F >> length);
        if (length == 0) return -1;
        for (int i = 1; i < length; i++)
        {
            if (i == bytes.Length) return -i;
            int next = bytes[i];
            int low = i == 1 && first == 0xE0 ? 0xA0 : i == 1 && first == 0xF0 ? 0x90 : 0x80, high = i == 1 && first == 0xED ? 0x9F : i == 1 && first == 0xF4 ? 0x8F : 0xBF;
            if (next < low || next > high) return -i;
            c = c << 6 | (next & 0x3F);
        }

        return length;
    }
}
