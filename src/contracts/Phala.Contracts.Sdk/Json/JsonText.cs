using Phala.Contracts.Hosting;

namespace Phala.Contracts.Json;

/// <summary>Text of JSON with its escapes taken away.</summary>
internal static class JsonText
{
    /// <summary>A hexadecimal digit's value; negative where it is none.</summary>
    internal static int Digit(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    /// <summary>Reads text whose grammar was checked; null where it is no UTF-8.</summary>
    /// <param name="text">All.</param>
    /// <param name="start">After the quotation mark.</param>
    /// <param name="end">At the other.</param>
    internal static string? Read(byte[] text, int start, int end)
    {
        char[] units = new char[end - start];
        int count = 0, at = start;
        while (at < end)
        {
            int plain = at;
            while (at < end && text[at] != '\\') at++;
            string? part = Utf8.Read(text, plain, at - plain);
            if (part is null) return null;
            for (int index = 0; index < part.Length; index++) units[count++] = part[index];
            if (at < end) units[count++] = Unescape(text, ref at);
        }

        return new string(units, 0, count);
    }

    private static char Unescape(byte[] text, ref int at)
    {
        byte escape = text[at + 1];
        at += 2;
        switch (escape)
        {
            case (byte)'b':
                return '\b';
            case (byte)'f':
                return '\f';
            case (byte)'n':
                return '\n';
            case (byte)'r':
                return '\r';
            case (byte)'t':
                return '\t';
            case (byte)'u':
                int unit = 0;
                for (int count = 0; count < 4; count++) unit = (unit << 4) | Digit(text[at++]);
                return (char)unit;
            default:
                return (char)escape;
        }
    }
}
