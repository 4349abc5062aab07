using System.Runtime;

namespace System;

/// <summary>Integers of 128 bits, signed, in two's complement.</summary>
public readonly struct Int128 : IComparable, IComparable<Int128>, IEquatable<Int128>, IFormattable
{
    private readonly ulong _lower;
    private readonly ulong _upper;

    public Int128(ulong upper, ulong lower)
    {
        _lower = lower;
        _upper = upper;
    }

    public static Int128 MinValue => new Int128(0x8000000000000000, 0);

    public static Int128 MaxValue => new Int128(0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF);

    public static Int128 NegativeOne => new Int128(0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF);

    public static Int128 Zero => default;

    public static Int128 One => new Int128(0, 1);

    internal ulong Lower => _lower;

    internal ulong Upper => _upper;

    public static implicit operator Int128(byte value) => new Int128(0, value);

    public static implicit operator Int128(char value) => new Int128(0, value);

    public static implicit operator Int128(ushort value) => new Int128(0, value);

    public static implicit operator Int128(uint value) => new Int128(0, value);

    public static implicit operator Int128(ulong value) => new Int128(0, value);

    public static implicit operator Int128(sbyte value) => new Int128((ulong)((long)value >> 63), (ulong)(long)value);

    public static implicit operator Int128(short value) => new Int128((ulong)((long)value >> 63), (ulong)(long)value);

    public static implicit operator Int128(int value) => new Int128((ulong)((long)value >> 63), (ulong)(long)value);

    public static implicit operator Int128(long value) => new Int128((ulong)((long)value >> 63), (ulong)(long)value);

    public static explicit operator UInt128(Int128 value) => new UInt128(value._upper, value._lower);

    public static explicit operator checked UInt128(Int128 value)
    {
        if ((long)value._upper < 0) Faults.Overflow();
        return new UInt128(value._upper, value._lower);
    }

    public static explicit operator byte(Int128 value) => (byte)value._lower;

    public static explicit operator checked byte(Int128 value)
    {
        if (value._upper != 0 || value._lower > byte.MaxValue) Faults.Overflow();
        return (byte)value._lower;
    }

    public static explicit operator char(Int128 value) => (char)value._lower;

    public static explicit operator checked char(Int128 value)
    {
        if (value._upper != 0 || value._lower > char.MaxValue) Faults.Overflow();
        return (char)value._lower;
    }

    public static explicit operator ushort(Int128 value) => (ushort)value._lower;

    public static explicit operator checked ushort(Int128 value)
    {
        if (value._upper != 0 || value._lower > ushort.MaxValue) Faults.Overflow();
        return (ushort)value._lower;
    }

    public static explicit operator uint(Int128 value) => (uint)value._lower;

    public static explicit operator checked uint(Int128 value)
    {
        if (value._upper != 0 || value._lower > uint.MaxValue) Faults.Overflow();
        return (uint)value._lower;
    }

    public static explicit operator ulong(Int128 value) => (ulong)value._lower;

    public static explicit operator checked ulong(Int128 value)
    {
        if (value._upper != 0) Faults.Overflow();
        return (ulong)value._lower;
    }

    public static explicit operator sbyte(Int128 value) => (sbyte)value._lower;

    public static explicit operator checked sbyte(Int128 value)
    {
        if (value._upper != (ulong)((long)value._lower >> 63) || (long)value._lower != (sbyte)value._lower) Faults.Overflow();
        return (sbyte)value._lower;
    }

    public static explicit operator short(Int128 value) => (short)value._lower;

    public static explicit operator checked short(Int128 value)
    {
        if (value._upper != (ulong)((long)value._lower >> 63) || (long)value._lower != (short)value._lower) Faults.Overflow();
        return (short)value._lower;
    }

    public static explicit operator int(Int128 value) => (int)value._lower;

    public static explicit operator checked int(Int128 value)
    {
        if (value._upper != (ulong)((long)value._lower >> 63) || (long)value._lower != (int)value._lower) Faults.Overflow();
        return (int)value._lower;
    }

    public static explicit operator long(Int128 value) => (long)value._lower;

    public static explicit operator checked long(Int128 value)
    {
        if (value._upper != (ulong)((long)value._lower >> 63) || (long)value._lower != (long)value._lower) Faults.Overflow();
        return (long)value._lower;
    }

    public static Int128 operator +(Int128 left, Int128 right)
    {
        ulong lower = left._lower + right._lower;
        ulong carry = lower < left._lower ? 1UL : 0;
        return new Int128(left._upper + right._upper + carry, lower);
    }

    public static Int128 operator -(Int128 left, Int128 right)
    {
        ulong borrow = left._lower < right._lower ? 1UL : 0;
        return new Int128(left._upper - right._upper - borrow, left._lower - right._lower);
    }

    public static Int128 operator *(Int128 left, Int128 right)
    {
        ulong upper = Math.BigMul(left._lower, right._lower, out ulong lower);
        return new Int128(upper + left._upper * right._lower + left._lower * right._upper, lower);
    }

    public static Int128 operator +(Int128 value) => value;

    public static Int128 operator -(Int128 value) => Zero - value;

    public static Int128 operator ~(Int128 value) => new Int128(~value._upper, ~value._lower);

    public static Int128 operator ++(Int128 value) => value + One;

    public static Int128 operator --(Int128 value) => value - One;

    public static Int128 operator checked ++(Int128 value) => checked(value + One);

    public static Int128 operator checked --(Int128 value) => checked(value - One);

    public static Int128 operator checked /(Int128 left, Int128 right) => left / right;

    public static Int128 operator &(Int128 left, Int128 right) => new Int128(left._upper & right._upper, left._lower & right._lower);

    public static Int128 operator |(Int128 left, Int128 right) => new Int128(left._upper | right._upper, left._lower | right._lower);

    public static Int128 operator ^(Int128 left, Int128 right) => new Int128(left._upper ^ right._upper, left._lower ^ right._lower);

    public static Int128 operator <<(Int128 value, int shiftAmount)
    {
        shiftAmount &= 0x7F;
        if (shiftAmount == 0) return value;
        if (shiftAmount >= 64) return new Int128(value._lower << shiftAmount, 0);
        return new Int128((value._upper << shiftAmount) | (value._lower >> (64 - shiftAmount)), value._lower << shiftAmount);
    }

    public static Int128 operator >>>(Int128 value, int shiftAmount)
    {
        shiftAmount &= 0x7F;
        if (shiftAmount == 0) return value;
        if (shiftAmount >= 64) return new Int128(0, value._upper >> shiftAmount);
        return new Int128(value._upper >> shiftAmount, (value._lower >> shiftAmount) | (value._upper << (64 - shiftAmount)));
    }

    public static Int128 operator >>(Int128 value, int shiftAmount)
    {
        shiftAmount &= 0x7F;
        if (shiftAmount == 0) return value;
        if (shiftAmount >= 64) return new Int128((ulong)((long)value._upper >> 63), (ulong)((long)value._upper >> shiftAmount));
        return new Int128((ulong)((long)value._upper >> shiftAmount), (value._lower >> shiftAmount) | (value._upper << (64 - shiftAmount)));
    }

    public static Int128 operator checked +(Int128 left, Int128 right)
    {
        Int128 sum = left + right;
        if ((long)((left._upper ^ sum._upper) & (right._upper ^ sum._upper)) < 0) Faults.Overflow();
        return sum;
    }

    public static Int128 operator checked -(Int128 left, Int128 right)
    {
        Int128 difference = left - right;
        if ((long)((left._upper ^ right._upper) & (left._upper ^ difference._upper)) < 0) Faults.Overflow();
        return difference;
    }

    public static Int128 operator checked -(Int128 value) => checked(Zero - value);

    public static Int128 operator checked *(Int128 left, Int128 right)
    {
        UInt128 product = checked(Magnitude(left) * Magnitude(right));
        bool negative = IsNegative(left) != IsNegative(right);
        if (product > (UInt128)MaxValue + (negative ? UInt128.One : UInt128.Zero)) Faults.Overflow();
        return negative ? -(Int128)product : (Int128)product;
    }

    public static Int128 operator /(Int128 left, Int128 right)
    {
        if (right == NegativeOne && left == MinValue) Faults.Overflow();
        UInt128 quotient = Magnitude(left) / Magnitude(right);
        return IsNegative(left) != IsNegative(right) ? -(Int128)quotient : (Int128)quotient;
    }

    public static Int128 operator %(Int128 left, Int128 right) => left - left / right * right;

    public static bool operator <(Int128 left, Int128 right) => left._upper == right._upper ? left._lower < right._lower : (long)left._upper < (long)right._upper;

    public static bool IsNegative(Int128 value) => (long)value._upper < 0;

    public static bool IsPositive(Int128 value) => (long)value._upper >= 0;

    public static Int128 Abs(Int128 value) => IsNegative(value) ? checked(-value) : value;

    public static int Sign(Int128 value) => IsNegative(value) ? -1 : value == Zero ? 0 : 1;

    public static bool operator >(Int128 left, Int128 right) => right < left;

    public static bool operator <=(Int128 left, Int128 right) => !(right < left);

    public static bool operator >=(Int128 left, Int128 right) => !(left < right);

    public static bool operator ==(Int128 left, Int128 right) => left._lower == right._lower && left._upper == right._upper;

    public static bool operator !=(Int128 left, Int128 right) => !(left == right);

    public static Int128 Min(Int128 x, Int128 y) => x < y ? x : y;

    public static Int128 Max(Int128 x, Int128 y) => x > y ? x : y;

    public static Int128 Clamp(Int128 value, Int128 min, Int128 max)
    {
        if (min > max) throw new ArgumentException("'min' cannot be greater than max.");
        return value < min ? min : value > max ? max : value;
    }

    public static (Int128 Quotient, Int128 Remainder) DivRem(Int128 left, Int128 right)
    {
        Int128 quotient = left / right;
        return (quotient, left - quotient * right);
    }

    public static bool IsEvenInteger(Int128 value) => (value._lower & 1) == 0;

    public static bool IsOddInteger(Int128 value) => (value._lower & 1) != 0;

    public static Int128 PopCount(Int128 value) => new Int128(0, (ulong)(Machine.Ones64(value._lower) + Machine.Ones64(value._upper)));

    public static Int128 LeadingZeroCount(Int128 value) => new Int128(0, (ulong)Leading(value));

    public static Int128 Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s, nameof(s));
        int status = WideNumber.Parse(s, true, out UInt128 value);
        if (status != 0) Number.FailParsing(status);
        return (Int128)value;
    }

    public static Int128 Parse(string s, IFormatProvider provider) => Parse(s);

    public static bool TryParse(string s, out Int128 result)
    {
        int status = WideNumber.Parse(s, true, out UInt128 value);
        result = status == 0 ? (Int128)value : default;
        return status == 0;
    }

    public int CompareTo(Int128 value) => this < value ? -1 : value < this ? 1 : 0;

    public int CompareTo(object value)
    {
        if (value is null) return 1;
        return value is Int128 other ? CompareTo(other) : throw new ArgumentException("Object must be of type Int128.");
    }

    public bool Equals(Int128 other) => this == other;

    public override bool Equals(object obj) => obj is Int128 other && this == other;

    public override int GetHashCode() => HashCode.Combine(_lower, _upper);

    public override string ToString() => WideNumber.Decimal(Magnitude(this), 0, IsNegative(this));

    public string ToString(IFormatProvider provider) => ToString();

    public string ToString(string format) => WideNumber.Format(Magnitude(this), (UInt128)this, IsNegative(this), format);

    public string ToString(string format, IFormatProvider provider) => ToString(format);

    internal static UInt128 Magnitude(Int128 value) => (UInt128)(IsNegative(value) ? -value : value);

    private static int Leading(Int128 value) => value._upper == 0 ? 64 + Machine.LeadingZeros64(value._lower) : Machine.LeadingZeros64(value._upper);
}
