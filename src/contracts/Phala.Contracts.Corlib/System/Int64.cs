namespace System;

/// <summary>Integers of 64 bits, signed.</summary>
public readonly struct Int64 : IComparable, IComparable<long>, IEquatable<long>, IFormattable
{
    public const long MinValue = -9223372036854775808L;

    public const long MaxValue = 9223372036854775807L;

    public static long Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s, nameof(s));
        return Parse((ReadOnlySpan<char>)s);
    }

    public static long Parse(string s, IFormatProvider provider) => Parse(s);

    public static long Parse(ReadOnlySpan<char> s, IFormatProvider provider = null)
    {
        int status = Number.ParseSigned(s, MinValue, MaxValue, out long value);
        if (status != 0) Number.FailParsing(status);
        return (long)value;
    }

    public static bool TryParse(string s, out long result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(string s, IFormatProvider provider, out long result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out long result)
    {
        bool parsed = Number.ParseSigned(s, MinValue, MaxValue, out long value) == 0;
        result = parsed ? (long)value : (long)0;
        return parsed;
    }

    public static long Min(long x, long y) => x < y ? x : y;

    public static long Max(long x, long y) => x > y ? x : y;

    public static long Clamp(long value, long min, long max) => Math.Clamp(value, min, max);

    public static bool IsEvenInteger(long value) => (value & 1) == 0;

    public static bool IsOddInteger(long value) => (value & 1) != 0;

    public static bool IsPow2(long value) => value > 0 && (value & (value - 1)) == 0;

    public static long Abs(long value)
    {
        if (value >= 0) return value;
        if (value == MinValue) throw new OverflowException("Negating the minimum value of a twos complement number is invalid.");
        return (long)-value;
    }

    public static int Sign(long value) => value < 0 ? -1 : value > 0 ? 1 : 0;

    public static bool IsNegative(long value) => value < 0;

    public static long PopCount(long value) => (long)System.Runtime.Machine.Ones64((ulong)value);

    public static long LeadingZeroCount(long value) => (long)System.Runtime.Machine.LeadingZeros64((ulong)value);

    public static long TrailingZeroCount(long value) => (long)System.Runtime.Machine.TrailingZeros64((ulong)value);

    public static long RotateLeft(long value, int rotateAmount) => (long)System.Runtime.Machine.RotateLeft64((ulong)value, rotateAmount);

    public static long RotateRight(long value, int rotateAmount) => (long)System.Runtime.Machine.RotateRight64((ulong)value, rotateAmount);

    public int CompareTo(long value) => this < value ? -1 : this > value ? 1 : 0;

    public int CompareTo(object value)
    {
        if (value is null) return 1;
        return value is long other ? CompareTo(other) : throw new ArgumentException("Object must be of type Int64.");
    }

    public bool Equals(long obj) => this == obj;

    public override bool Equals(object obj) => obj is long other && this == other;

    public override int GetHashCode() => unchecked((int)this ^ (int)(this >> 32));

    public override string ToString() => Number.FromInt64(this);

    public string ToString(IFormatProvider provider) => Number.FromInt64(this);

    public string ToString(string format) => Number.FormatSigned(this, 64, format);

    public string ToString(string format, IFormatProvider provider) => ToString(format);
}
