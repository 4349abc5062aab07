namespace System;

/// <summary>Integers of 8 bits, signed.</summary>
public readonly struct SByte : IComparable, IComparable<sbyte>, IEquatable<sbyte>, IFormattable
{
    public const sbyte MinValue = -128;

    public const sbyte MaxValue = 127;

    public static sbyte Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s, nameof(s));
        return Parse((ReadOnlySpan<char>)s);
    }

    public static sbyte Parse(string s, IFormatProvider provider) => Parse(s);

    public static sbyte Parse(ReadOnlySpan<char> s, IFormatProvider provider = null)
    {
        int status = Number.ParseSigned(s, MinValue, MaxValue, out long value);
        if (status != 0) Number.FailParsing(status);
        return (sbyte)value;
    }

    public static bool TryParse(string s, out sbyte result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(string s, IFormatProvider provider, out sbyte result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out sbyte result)
    {
        bool parsed = Number.ParseSigned(s, MinValue, MaxValue, out long value) == 0;
        result = parsed ? (sbyte)value : (sbyte)0;
        return parsed;
    }

    public static sbyte Min(sbyte x, sbyte y) => x < y ? x : y;

    public static sbyte Max(sbyte x, sbyte y) => x > y ? x : y;

    public static sbyte Clamp(sbyte value, sbyte min, sbyte max) => Math.Clamp(value, min, max);

    public static bool IsEvenInteger(sbyte value) => (value & 1) == 0;

    public static bool IsOddInteger(sbyte value) => (value & 1) != 0;

    public static bool IsPow2(sbyte value) => value > 0 && (value & (value - 1)) == 0;

    public static sbyte Abs(sbyte value)
    {
        if (value >= 0) return value;
        if (value == MinValue) throw new OverflowException("Negating the minimum value of a twos complement number is invalid.");
        return (sbyte)-value;
    }

    public static int Sign(sbyte value) => value < 0 ? -1 : value > 0 ? 1 : 0;

    public static bool IsNegative(sbyte value) => value < 0;

    public int CompareTo(sbyte value) => this - value;

    public int CompareTo(object value)
    {
        if (value is null) return 1;
        return value is sbyte other ? CompareTo(other) : throw new ArgumentException("Object must be of type SByte.");
    }

    public bool Equals(sbyte obj) => this == obj;

    public override bool Equals(object obj) => obj is sbyte other && this == other;

    public override int GetHashCode() => this;

    public override string ToString() => Number.FromInt64(this);

    public string ToString(IFormatProvider provider) => Number.FromInt64(this);

    public string ToString(string format) => Number.FormatSigned(this, 8, format);

    public string ToString(string format, IFormatProvider provider) => ToString(format);
}
