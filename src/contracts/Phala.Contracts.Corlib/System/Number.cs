namespace System;

/// <summary>Text of integers and back. Formats are G, D, X, x and N0.</summary>
/// <remarks>Unsafe: digits are written from the end into memory of their own.</remarks>
internal static unsafe class Number
{
    internal const int Malformed = 1, TooLarge = 2;

    public static string FromInt64(long value)
    {
        if (value >= 0) return Decimal((ulong)value, 0, false);
        return Decimal((ulong)-value, 0, true);
    }

    public static string FromUInt64(ulong value) => Decimal(value, 0, false);

    public static string FormatSigned(long value, int bits, string format)
    {
        char kind = KindOf(format, out int digits);
        if (kind == 'X' || kind == 'x') return Hexadecimal(bits == 64 ? (ulong)value : (ulong)value & ((1UL << bits) - 1), digits, kind);
        ulong magnitude = value < 0 ? (ulong)-value : (ulong)value;
        return kind == 'N' ? Grouped(magnitude, value < 0) : Decimal(magnitude, digits, value < 0);
    }

    public static string FormatUnsigned(ulong value, int bits, string format)
    {
        char kind = KindOf(format, out int digits);
        if (kind == 'X' || kind == 'x') return Hexadecimal(value, digits, kind);
        return kind == 'N' ? Grouped(value, false) : Decimal(value, digits, false);
    }

    public static int ParseSigned(ReadOnlySpan<char> text, long least, long most, out long value)
    {
        value = 0;
        int status = Magnitude(text, true, out ulong magnitude, out bool negative);
        if (status != 0) return status;
        if (negative ? magnitude > (ulong)-(least + 1) + 1 : magnitude > (ulong)most) return TooLarge;
        value = negative ? (long)(0 - magnitude) : (long)magnitude;
        return 0;
    }

    public static int ParseUnsigned(ReadOnlySpan<char> text, ulong most, out ulong value)
    {
        int status = Magnitude(text, false, out value, out bool negative);
        if (status != 0) return status;
        return value > most || (negative && value != 0) ? TooLarge : 0;
    }

    public static void FailParsing(int status)
    {
        if (status == TooLarge) System.Runtime.Faults.Overflow();
        throw new FormatException("The input string was not in a correct format.");
    }

    /// <summary>The letter of a format, and the number behind it; D or G without one is zero.</summary>
    public static char KindOf(string format, out int digits)
    {
        digits = 0;
        if (string.IsNullOrEmpty(format)) return 'D';
        char kind = format[0];
        for (int i = 1; i < format.Length; i++)
        {
            if (!char.IsDigit(format[i]) || digits > 99) FailFormat();
            digits = digits * 10 + (format[i] - '0');
        }

        switch (kind)
        {
            case 'D' or 'd': return 'D';
            case 'X' or 'x': return kind;
            case 'G' or 'g' when digits == 0: return 'D';
            case 'N' or 'n' when format.Length == 2 && digits == 0: return 'N';
            default: FailFormat(); return kind;
        }
    }

    public static string Hexadecimal(ulong value, int digits, char kind)
    {
        int count = 1;
        while (count < 16 && value >> (4 * count) != 0) count++;
        if (digits > count) count = digits;
        string text = System.Runtime.Machine.NewString(count);
        char* at = (char*)(System.Runtime.Machine.AddressOf(text) + 8) + count;
        int letters = kind - 33;
        for (int i = 0; i < count; i++)
        {
            int digit = (int)(value & 15);
            value >>= 4;
            *--at = (char)(digit < 10 ? '0' + digit : letters + digit - 10 + ('A' - 55));
        }

        return text;
    }

    private static string Decimal(ulong value, int digits, bool negative)
    {
        int count = 1;
        ulong rest = value;
        while (rest >= 10)
        {
            rest /= 10;
            count++;
        }

        if (digits > count) count = digits;
        string text = System.Runtime.Machine.NewString(negative ? count + 1 : count);
        char* first = (char*)(System.Runtime.Machine.AddressOf(text) + 8);
        if (negative) *first++ = '-';
        for (char* at = first + count; at > first;)
        {
            ulong next = value / 10;
            *--at = (char)('0' + (int)(value - next * 10));
            value = next;
        }

        return text;
    }

    private static string Grouped(ulong value, bool negative) => Grouped(Decimal(value, 0, false), negative);

    /// <summary>Digits with a comma between each three.</summary>
    public static string Grouped(string plain, bool negative)
    {
        Text.StringBuilder builder = new Text.StringBuilder();
        if (negative) builder.Append('-');
        for (int i = 0; i < plain.Length; i++)
        {
            if (i > 0 && (plain.Length - i) % 3 == 0) builder.Append(',');
            builder.Append(plain[i]);
        }

        return builder.ToString();
    }

    private static int Magnitude(ReadOnlySpan<char> text, bool signed, out ulong value, out bool negative)
    {
        value = 0;
        negative = false;
        int i = 0, end = text.Length;
        while (i < end && IsSpace(text[i])) i++;
        while (end > i && text[end - 1] == '\0') end--;
        while (end > i && IsSpace(text[end - 1])) end--;
        if (i < end && (text[i] == '-' || text[i] == '+')) negative = text[i++] == '-';
        if (i == end) return Malformed;
        bool large = false;
        for (; i < end; i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (digit > 9) return Malformed;
            if (value > 1844674407370955161 || (value == 1844674407370955161 && digit > 5)) large = true;
            value = value * 10 + digit;
        }

        return large ? TooLarge : 0;
    }

    private static bool IsSpace(char c) => c == ' ' || (c >= '\t' && c <= '\r');

    private static void FailFormat() => throw new FormatException("Format specifier was invalid.");
}
