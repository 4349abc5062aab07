namespace Phala.Contracts.Hosting;

/// <summary>Text as bytes. Half of a surrogate pair is written as U+FFFD, the replacement character.</summary>
internal static class Utf8
{
    private const int Replacement = 0xfffd;

    /// <summary>How many bytes a unit of UTF-16 takes at most.</summary>
    internal const int Most = 3;

    /// <summary>Writes a text; how many bytes it took.</summary>
    /// <remarks>Unsafe: that there is room is the caller's to see to, not each byte's.</remarks>
    internal static unsafe int Write(string text, byte[] output)
    {
        int count = 0;
        fixed (byte* place = output)
        {
            for (int index = 0; index < text.Length; index++)
            {
                int rune = RuneAt(text, ref index);
                int more = rune < 0x80 ? 0 : rune < 0x800 ? 1 : rune < 0x10000 ? 2 : 3;
                place[count++] = (byte)(more == 0 ? rune : (0xff00 >> (more + 1)) | (rune >> (6 * more)));
                while (more > 0) place[count++] = (byte)(0x80 | ((rune >> (6 * --more)) & 0x3f));
            }
        }

        return count;
    }

    /// <summary>The character at an index, which is moved to its last half.</summary>
    internal static int RuneAt(string text, ref int index)
    {
        int unit = text[index];
        if (unit is < 0xd800 or > 0xdfff) return unit;
        if (unit > 0xdbff || index + 1 == text.Length) return Replacement;
        int low = text[index + 1];
        if (low is < 0xdc00 or > 0xdfff) return Replacement;
        index++;
        return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }

    /// <summary>Reads text; null where the bytes are no UTF-8.</summary>
    internal static string? Read(byte[] bytes, int start, int length)
    {
        char[] units = new char[length];
        int count = 0, end = start + length;
        for (int at = start; at < end;)
        {
            int rune = ReadRune(bytes, ref at, end);
            if (rune < 0) return null;
            if (rune < 0x10000)
            {
                units[count++] = (char)rune;
                continue;
            }

            units[count++] = (char)(0xd800 + ((rune - 0x10000) >> 10));
            units[count++] = (char)(0xdc00 + ((rune - 0x10000) & 0x3ff));
        }

        return new string(units, 0, count);
    }

    /// <summary>A character; negative where there is none. Only shortest forms, and no halves of pairs.</summary>
    private static int ReadRune(byte[] bytes, ref int at, int end)
    {
        int first = bytes[at++];
        if (first < 0x80) return first;
        int more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
        if (first is < 0xc2 or > 0xf4 || end - at < more) return -1;
        int rune = first & (0x3f >> more);
        for (int index = 0; index < more; index++)
        {
            int next = bytes[at++];
            if ((next & 0xc0) != 0x80) return -1;
            rune = (rune << 6) | (next & 0x3f);
        }

        if (more == 2 && (rune < 0x800 || (rune >= 0xd800 && rune <= 0xdfff))) return -1;
        return more == 3 && (rune < 0x10000 || rune > 0x10ffff) ? -1 : rune;
    }
}
