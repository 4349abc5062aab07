namespace System;

/// <summary>Integers of 32 bits, unsigned.</summary>
public readonly struct UInt32 : IComparable, IComparable<uint>, IEquatable<uint>, IFormattable
{
    public const uint MinValue = 0;

    public const uint MaxValue = 4294967295U;

    public static uint Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s, nameof(s));
        return Parse((ReadOnlySpan<char>)s);
    }

    public static uint Parse(string s, IFormatProvider provider) => Parse(s);

    public static uint Parse(ReadOnlySpan<char> s, IFormatProvider provider = null)
    {
        int status = Number.ParseUnsigned(s, MaxValue, out ulong value);
        if (status != 0) Number.FailParsing(status);
        return (uint)value;
    }

    public static bool TryParse(string s, out uint result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(string s, IFormatProvider provider, out uint result) => TryParse((ReadOnlySpan<char>)s, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out uint result)
    {
        bool parsed = Number.ParseUnsigned(s, MaxValue, out ulong value) == 0;
        result = parsed ? (uint)value : (uint)0;
        return parsed;
    }

    public static uint Min(uint x, uint y) => x < y ? x : y;

    public static uint Max(uint x, uint y) => x > y ? x : y;

    public static uint Clamp(uint value, uint min, uint max) => Math.Clamp(value, min, max);

    public static bool IsEvenInteger(uint value) => (value & 1) == 0;

    public static bool IsOddInteger(uint value) => (value & 1) != 0;

    public static bool IsPow2(uint value) => value > 0 && (value & (value - 1)) == 0;

    public static uint PopCount(uint value) => (uint)System.Runtime.Machine.Ones32((uint)value);

    public static uint LeadingZeroCount(uint value) => (uint)System.Runtime.Machine.LeadingZeros32((uint)value);

    public static uint TrailingZeroCount(uint value) => (uint)System.Runtime.Machine.TrailingZeros32((uint)value);

    public static uint RotateLeft(uint value, int rotateAmount) => (uint)System.Runtime.Machine.RotateLeft32((uint)value, rotateAmount);

    public static uint RotateRight(uint value, int rotateAmount) => (uint)System.Runtime.Machine.RotateRight32((uint)value, rotateAmount);

    public int CompareTo(uint value) => this < value ? -1 : this > value ? 1 : 0;

    public int CompareTo(object value)
    {
        if (value is null) return 1;
        return value is uint other ? CompareTo(other) : throw new ArgumentException("Object must be of type UInt32.");
    }

    public bool Equals(uint obj) => this == obj;

    public override bool Equals(object obj) => obj is uint other && this == other;

    public override int GetHashCode() => (int)this;

    public override string ToString() => Number.FromUInt64(this);

    public string ToString(IFormatProvider provider) => Number.FromUInt64(this);

    public string ToString(string format) => Number.FormatUnsigned(this, 32, format);

    public string ToString(string format, IFormatProvider provider) => ToString(format);
}
