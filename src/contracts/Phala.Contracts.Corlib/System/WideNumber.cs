using System.Runtime;
using System.Text;

namespace System;

/// <summary>Text of integers of 128 bits and back.</summary>
internal static class WideNumber
{
    private const ulong Billions = 1000000000;

    public static string Decimal(UInt128 value, int digits, bool negative)
    {
        char[] text = new char[40];
        int at = text.Length;
        while (value.Upper != 0)
        {
            UInt128 quotient = value / Billions;
            ulong part = (value - quotient * Billions).Lower;
            for (int i = 0; i < 9; i++)
            {
                text[--at] = (char)('0' + (int)(part % 10));
                part /= 10;
            }

            value = quotient;
        }

        ulong rest = value.Lower;
        while (rest != 0)
        {
            text[--at] = (char)('0' + (int)(rest % 10));
            rest /= 10;
        }

        if (at == text.Length) text[--at] = '0';
        string plain = new string(text, at, text.Length - at);
        if (digits > plain.Length) plain = plain.PadLeft(digits, '0');
        return negative ? "-" + plain : plain;
    }

    public static string Format(UInt128 magnitude, UInt128 bits, bool negative, string format)
    {
        char kind = Number.KindOf(format, out int digits);
        if (kind == 'N') return Number.Grouped(Decimal(magnitude, 0, false), negative);
        if (kind == 'D') return Decimal(magnitude, digits, negative);
        if (bits.Upper == 0) return Number.Hexadecimal(bits.Lower, digits, kind);
        return Number.Hexadecimal(bits.Upper, digits - 16, kind) + Number.Hexadecimal(bits.Lower, 16, kind);
    }

    public static int Parse(ReadOnlySpan<char> text, bool signed, out UInt128 value)
    {
        value = default;
        while (text.Length > 0 && text[text.Length - 1] == '\0') text = text.Slice(0, text.Length - 1);
        text = text.Trim();
        bool negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && (text[0] == '-' || text[0] == '+')) text = text.Slice(1);
        if (text.Length == 0) return Number.Malformed;
        bool large = false;
        for (int i = 0; i < text.Length; i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (digit > 9) return Number.Malformed;
            UInt128 next = value * 10 + digit;
            if (value.Upper > 0x1999999999999999 || next < value) large = true;
            value = next;
        }

        if (large) return Number.TooLarge;
        if (!signed) return negative && value != UInt128.Zero ? Number.TooLarge : 0;
        UInt128 most = new UInt128(0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF);
        if (value > (negative ? most + UInt128.One : most)) return Number.TooLarge;
        if (negative) value = UInt128.Zero - value;
        return 0;
    }
}
