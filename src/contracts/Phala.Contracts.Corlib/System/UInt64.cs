namespace System;

/// <summary>Integers of 64 bits, unsigned.</summary>
public readonly struct UInt64 : IComparable, IComparable<ulong>, IEquatable<ulong>, IFormattable
{
    public const ulong MinValue = 0;

    public const ulong MaxValue = 18446744073709551615UL;

    public static ulong Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s, nameof(s));
        return Parse((ReadOnlySpan<char>)s);
    }

    public static ulong Parse(string s, IFormatProvider provider) => Parse(s);

    public static ulong Parse(ReadOnlySpan<char> s, IFormatProvider provider = null)
    {
        int status = Number.ParseUnsigned(s, MaxValue, out ulong value);
        if (status != 0) Number.FailParsing(status);
        return (ulong)value;
    }

    public static bool TryParse(string s, out ulong result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(string s, IFormatProvider provider, out ulong result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out ulong result)
    {
        bool parsed = Number.ParseUnsigned(s, MaxValue, out ulong value) == 0;
        result = parsed ? (ulong)value : (ulong)0;
        return parsed;
    }

    public static ulong Min(ulong x, ulong y) => x < y ? x : y;

    public static ulong Max(ulong x, ulong y) => x > y ? x : y;

    public static ulong Clamp(ulong value, ulong min, ulong max) => Math.Clamp(value, min, max);

    public static bool IsEvenInteger(ulong value) => (value & 1) == 0;

    public static bool IsOddInteger(ulong value) => (value & 1) != 0;

    public static bool IsPow2(ulong value) => value > 0 && (value & (value - 1)) == 0;

    public static ulong PopCount(ulong value) => (ulong)System.Runtime.Machine.Ones64((ulong)value);

    public static ulong LeadingZeroCount(ulong value) => (ulong)System.Runtime.Machine.LeadingZeros64((ulong)value);

    public static ulong TrailingZeroCount(ulong value) => (ulong)System.Runtime.Machine.TrailingZeros64((ulong)value);

    public static ulong RotateLeft(ulong value, int rotateAmount) => (ulong)System.Runtime.Machine.RotateLeft64((ulong)value, rotateAmount);

    public static ulong RotateRight(ulong value, int rotateAmount) => (ulong)System.Runtime.Machine.RotateRight64((ulong)value, rotateAmount);

    public int CompareTo(ulong value) => this < value ? -1 : this > value ? 1 : 0;

    public int CompareTo(object value)
    {
        if (value is null) return 1;
        return value is ulong other ? CompareTo(other) : throw new ArgumentException("Object must be of type UInt64.");
    }

    public bool Equals(ulong obj) => this == obj;

    public override bool Equals(object obj) => obj is ulong other && this == other;

    public override int GetHashCode() => unchecked((int)this ^ (int)(this >> 32));

    public override string ToString() => Number.FromUInt64(this);

    public string ToString(IFormatProvider provider) => Number.FromUInt64(this);

    public string ToString(string format) => Number.FormatUnsigned(this, 64, format);

    public string ToString(string format, IFormatProvider provider) => ToString(format);
}
