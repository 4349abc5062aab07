namespace System;

/// <summary>Integers of 32 bits, signed.</summary>
public readonly struct Int32 : IComparable, IComparable<int>, IEquatable<int>, IFormattable
{
    public const int MinValue = -2147483648;

    public const int MaxValue = 2147483647;

    public static int Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s, nameof(s));
        return Parse((ReadOnlySpan<char>)s);
    }

    public static int Parse(string s, IFormatProvider provider) => Parse(s);

    public static int Parse(ReadOnlySpan<char> s, IFormatProvider provider = null)
    {
        int status = Number.ParseSigned(s, MinValue, MaxValue, out long value);
        if (status != 0) Number.FailParsing(status);
        return (int)value;
    }

    public static bool TryParse(string s, out int result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(string s, IFormatProvider provider, out int result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out int result)
    {
        bool parsed = Number.ParseSigned(s, MinValue, MaxValue, out long value) == 0;
        result = parsed ? (int)value : (int)0;
        return parsed;
    }

    public static int Min(int x, int y) => x < y ? x : y;

    public static int Max(int x, int y) => x > y ? x : y;

    public static int Clamp(int value, int min, int max) => Math.Clamp(value, min, max);

    public static bool IsEvenInteger(int value) => (value & 1) == 0;

    public static bool IsOddInteger(int value) => (value & 1) != 0;

    public static bool IsPow2(int value) => value > 0 && (value & (value - 1)) == 0;

    public static int Abs(int value)
    {
        if (value >= 0) return value;
        if (value == MinValue) throw new OverflowException("Negating the minimum value of a twos complement number is invalid.");
        return (int)-value;
    }

    public static int Sign(int value) => value < 0 ? -1 : value > 0 ? 1 : 0;

    public static bool IsNegative(int value) => value < 0;

    public static int PopCount(int value) => (int)System.Runtime.Machine.Ones32((uint)value);

    public static int LeadingZeroCount(int value) => (int)System.Runtime.Machine.LeadingZeros32((uint)value);

    public static int TrailingZeroCount(int value) => (int)System.Runtime.Machine.TrailingZeros32((uint)value);

    public static int RotateLeft(int value, int rotateAmount) => (int)System.Runtime.Machine.RotateLeft32((uint)value, rotateAmount);

    public static int RotateRight(int value, int rotateAmount) => (int)System.Runtime.Machine.RotateRight32((uint)value, rotateAmount);

    public int CompareTo(int value) => this < value ? -1 : this > value ? 1 : 0;

    public int CompareTo(object value)
    {
        if (value is null) return 1;
        return value is int other ? CompareTo(other) : throw new ArgumentException("Object must be of type Int32.");
    }

    public bool Equals(int obj) => this == obj;

    public override bool Equals(object obj) => obj is int other && this == other;

    public override int GetHashCode() => this;

    public override string ToString() => Number.FromInt64(this);

    public string ToString(IFormatProvider provider) => Number.FromInt64(this);

    public string ToString(string format) => Number.FormatSigned(this, 32, format);

    public string ToString(string format, IFormatProvider provider) => ToString(format);
}
