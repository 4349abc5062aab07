namespace System;

/// <summary>Integers of 8 bits, unsigned.</summary>
public readonly struct Byte : IComparable, IComparable<byte>, IEquatable<byte>, IFormattable
{
    public const byte MinValue = 0;

    public const byte MaxValue = 255;

    public static byte Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s, nameof(s));
        return Parse((ReadOnlySpan<char>)s);
    }

    public static byte Parse(string s, IFormatProvider provider) => Parse(s);

    public static byte Parse(ReadOnlySpan<char> s, IFormatProvider provider = null)
    {
        int status = Number.ParseUnsigned(s, MaxValue, out ulong value);
        if (status != 0) Number.FailParsing(status);
        return (byte)value;
    }

    public static bool TryParse(string s, out byte result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(string s, IFormatProvider provider, out byte result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out byte result)
    {
        bool parsed = Number.ParseUnsigned(s, MaxValue, out ulong value) == 0;
        result = parsed ? (byte)value : (byte)0;
        return parsed;
    }

    public static byte Min(byte x, byte y) => x < y ? x : y;

    public static byte Max(byte x, byte y) => x > y ? x : y;

    public static byte Clamp(byte value, byte min, byte max) => Math.Clamp(value, min, max);

    public static bool IsEvenInteger(byte value) => (value & 1) == 0;

    public static bool IsOddInteger(byte value) => (value & 1) != 0;

    public static bool IsPow2(byte value) => value > 0 && (value & (value - 1)) == 0;

    public int CompareTo(byte value) => this - value;

    public int CompareTo(object value)
    {
        if (value is null) return 1;
        return value is byte other ? CompareTo(other) : throw new ArgumentException("Object must be of type Byte.");
    }

    public bool Equals(byte obj) => this == obj;

    public override bool Equals(object obj) => obj is byte other && this == other;

    public override int GetHashCode() => this;

    public override string ToString() => Number.FromUInt64(this);

    public string ToString(IFormatProvider provider) => Number.FromUInt64(this);

    public string ToString(string format) => Number.FormatUnsigned(this, 8, format);

    public string ToString(string format, IFormatProvider provider) => ToString(format);
}
