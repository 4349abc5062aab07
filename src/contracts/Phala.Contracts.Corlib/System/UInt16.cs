namespace System;

/// <summary>Integers of 16 bits, unsigned.</summary>
public readonly struct UInt16 : IComparable, IComparable<ushort>, IEquatable<ushort>, IFormattable
{
    public const ushort MinValue = 0;

    public const ushort MaxValue = 65535;

    public static ushort Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s, nameof(s));
        return Parse((ReadOnlySpan<char>)s);
    }

    public static ushort Parse(string s, IFormatProvider provider) => Parse(s);

    public static ushort Parse(ReadOnlySpan<char> s, IFormatProvider provider = null)
    {
        int status = Number.ParseUnsigned(s, MaxValue, out ulong value);
        if (status != 0) Number.FailParsing(status);
        return (ushort)value;
    }

    public static bool TryParse(string s, out ushort result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(string s, IFormatProvider provider, out ushort result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out ushort result)
    {
        bool parsed = Number.ParseUnsigned(s, MaxValue, out ulong value) == 0;
        result = parsed ? (ushort)value : (ushort)0;
        return parsed;
    }

    public static ushort Min(ushort x, ushort y) => x < y ? x : y;

    public static ushort Max(ushort x, ushort y) => x > y ? x : y;

    public static ushort Clamp(ushort value, ushort min, ushort max) => Math.Clamp(value, min, max);

    public static bool IsEvenInteger(ushort value) => (value & 1) == 0;

    public static bool IsOddInteger(ushort value) => (value & 1) != 0;

    public static bool IsPow2(ushort value) => value > 0 && (value & (value - 1)) == 0;

    public int CompareTo(ushort value) => this - value;

    public int CompareTo(object value)
    {
        if (value is null) return 1;
        return value is ushort other ? CompareTo(other) : throw new ArgumentException("Object must be of type UInt16.");
    }

    public bool Equals(ushort obj) => this == obj;

    public override bool Equals(object obj) => obj is ushort other && this == other;

    public override int GetHashCode() => this;

    public override string ToString() => Number.FromUInt64(this);

    public string ToString(IFormatProvider provider) => Number.FromUInt64(this);

    public string ToString(string format) => Number.FormatUnsigned(this, 16, format);

    public string ToString(string format, IFormatProvider provider) => ToString(format);
}
