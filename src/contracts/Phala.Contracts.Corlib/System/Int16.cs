namespace System;

/// <summary>Integers of 16 bits, signed.</summary>
public readonly struct Int16 : IComparable, IComparable<short>, IEquatable<short>, IFormattable
{
    public const short MinValue = -32768;

    public const short MaxValue = 32767;

    public static short Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s, nameof(s));
        return Parse((ReadOnlySpan<char>)s);
    }

    public static short Parse(string s, IFormatProvider provider) => Parse(s);

    public static short Parse(ReadOnlySpan<char> s, IFormatProvider provider = null)
    {
        int status = Number.ParseSigned(s, MinValue, MaxValue, out long value);
        if (status != 0) Number.FailParsing(status);
        return (short)value;
    }

    public static bool TryParse(string s, out short result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(string s, IFormatProvider provider, out short result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out short result)
    {
        bool parsed = Number.ParseSigned(s, MinValue, MaxValue, out long value) == 0;
        result = parsed ? (short)value : (short)0;
        return parsed;
    }

    public static short Min(short x, short y) => x < y ? x : y;

    public static short Max(short x, short y) => x > y ? x : y;

    public static short Clamp(short value, short min, short max) => Math.Clamp(value, min, max);

    public static bool IsEvenInteger(short value) => (value & 1) == 0;

    public static bool IsOddInteger(short value) => (value & 1) != 0;

    public static bool IsPow2(short value) => value > 0 && (value & (value - 1)) == 0;

    public static short Abs(short value)
    {
        if (value >= 0) return value;
        if (value == MinValue) throw new OverflowException("Negating the minimum value of a twos complement number is invalid.");
        return (short)-value;
    }

    public static int Sign(short value) => value < 0 ? -1 : value > 0 ? 1 : 0;

    public static bool IsNegative(short value) => value < 0;

    public int CompareTo(short value) => this - value;

    public int CompareTo(object value)
    {
        if (value is null) return 1;
        return value is short other ? CompareTo(other) : throw new ArgumentException("Object must be of type Int16.");
    }

    public bool Equals(short obj) => this == obj;

    public override bool Equals(object obj) => obj is short other && this == other;

    public override int GetHashCode() => this;

    public override string ToString() => Number.FromInt64(this);

    public string ToString(IFormatProvider provider) => Number.FromInt64(this);

    public string ToString(string format) => Number.FormatSigned(this, 16, format);

    public string ToString(string format, IFormatProvider provider) => ToString(format);
}
