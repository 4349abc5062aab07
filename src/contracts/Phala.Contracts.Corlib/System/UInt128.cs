using System.Runtime;

namespace System;

/// <summary>Integers of 128 bits, unsigned.</summary>
public readonly struct UInt128 : IComparable, IComparable<UInt128>, IEquatable<UInt128>, IFormattable
{
    private readonly ulong _lower;
    private readonly ulong _upper;

    public UInt128(ulong upper, ulong lower)
    {
        _lower = lower;
        _upper = upper;
    }

    public static UInt128 MinValue => default;

    public static UInt128 MaxValue => new UInt128(0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF);

    public static UInt128 Zero => default;

    public static UInt128 One => new UInt128(0, 1);

    internal ulong Lower => _lower;

    internal ulong Upper => _upper;

    public static implicit operator UInt128(byte value) => new UInt128(0, value);

    public static implicit operator UInt128(char value) => new UInt128(0, value);

    public static implicit operator UInt128(ushort value) => new UInt128(0, value);

    public static implicit operator UInt128(uint value) => new UInt128(0, value);

    public static implicit operator UInt128(ulong value) => new UInt128(0, value);

    public static explicit operator UInt128(sbyte value) => new UInt128((ulong)((long)value >> 63), (ulong)(long)value);

    public static explicit operator checked UInt128(sbyte value)
    {
        if (value < 0) Faults.Overflow();
        return new UInt128(0, (ulong)value);
    }

    public static explicit operator UInt128(short value) => new UInt128((ulong)((long)value >> 63), (ulong)(long)value);

    public static explicit operator checked UInt128(short value)
    {
        if (value < 0) Faults.Overflow();
        return new UInt128(0, (ulong)value);
    }

    public static explicit operator UInt128(int value) => new UInt128((ulong)((long)value >> 63), (ulong)(long)value);

    public static explicit operator checked UInt128(int value)
    {
        if (value < 0) Faults.Overflow();
        return new UInt128(0, (ulong)value);
    }

    public static explicit operator UInt128(long value) => new UInt128((ulong)((long)value >> 63), (ulong)(long)value);

    public static explicit operator checked UInt128(long value)
    {
        if (value < 0) Faults.Overflow();
        return new UInt128(0, (ulong)value);
    }

    public static explicit operator Int128(UInt128 value) => new Int128(value._upper, value._lower);

    public static explicit operator checked Int128(UInt128 value)
    {
        if ((long)value._upper < 0) Faults.Overflow();
        return new Int128(value._upper, value._lower);
    }

    public static explicit operator byte(UInt128 value) => (byte)value._lower;

    public static explicit operator checked byte(UInt128 value)
    {
        if (value._upper != 0 || value._lower > byte.MaxValue) Faults.Overflow();
        return (byte)value._lower;
    }

    public static explicit operator char(UInt128 value) => (char)value._lower;

    public static explicit operator checked char(UInt128 value)
    {
        if (value._upper != 0 || value._lower > char.MaxValue) Faults.Overflow();
        return (char)value._lower;
    }

    public static explicit operator ushort(UInt128 value) => (ushort)value._lower;

    public static explicit operator checked ushort(UInt128 value)
    {
        if (value._upper != 0 || value._lower > ushort.MaxValue) Faults.Overflow();
        return (ushort)value._lower;
    }

    public static explicit operator uint(UInt128 value) => (uint)value._lower;

    public static explicit operator checked uint(UInt128 value)
    {
        if (value._upper != 0 || value._lower > uint.MaxValue) Faults.Overflow();
        return (uint)value._lower;
    }

    public static explicit operator ulong(UInt128 value) => (ulong)value._lower;

    public static explicit operator checked ulong(UInt128 value)
    {
        if (value._upper != 0) Faults.Overflow();
        return (ulong)value._lower;
    }

    public static explicit operator sbyte(UInt128 value) => (sbyte)value._lower;

    public static explicit operator checked sbyte(UInt128 value)
    {
        if (value._upper != 0 || value._lower > (ulong)sbyte.MaxValue) Faults.Overflow();
        return (sbyte)value._lower;
    }

    public static explicit operator short(UInt128 value) => (short)value._lower;

    public static explicit operator checked short(UInt128 value)
    {
        if (value._upper != 0 || value._lower > (ulong)short.MaxValue) Faults.Overflow();
        return (short)value._lower;
    }

    public static explicit operator int(UInt128 value) => (int)value._lower;

    public static explicit operator checked int(UInt128 value)
    {
        if (value._upper != 0 || value._lower > (ulong)int.MaxValue) Faults.Overflow();
        return (int)value._lower;
    }

    public static explicit operator long(UInt128 value) => (long)value._lower;

    public static explicit operator checked long(UInt128 value)
    {
        if (value._upper != 0 || value._lower > (ulong)long.MaxValue) Faults.Overflow();
        return (long)value._lower;
    }

    public static UInt128 operator +(UInt128 left, UInt128 right)
    {
        ulong lower = left._lower + right._lower;
        ulong carry = lower < left._lower ? 1UL : 0;
        return new UInt128(left._upper + right._upper + carry, lower);
    }

    public static UInt128 operator -(UInt128 left, UInt128 right)
    {
        ulong borrow = left._lower < right._lower ? 1UL : 0;
        return new UInt128(left._upper - right._upper - borrow, left._lower - right._lower);
    }

    public static UInt128 operator *(UInt128 left, UInt128 right)
    {
        ulong upper = Math.BigMul(left._lower, right._lower, out ulong lower);
        return new UInt128(upper + left._upper * right._lower + left._lower * right._upper, lower);
    }

    public static UInt128 operator +(UInt128 value) => value;

    public static UInt128 operator -(UInt128 value) => Zero - value;

    public static UInt128 operator ~(UInt128 value) => new UInt128(~value._upper, ~value._lower);

    public static UInt128 operator ++(UInt128 value) => value + One;

    public static UInt128 operator --(UInt128 value) => value - One;

    public static UInt128 operator checked ++(UInt128 value) => checked(value + One);

    public static UInt128 operator checked --(UInt128 value) => checked(value - One);

    public static UInt128 operator checked /(UInt128 left, UInt128 right) => left / right;

    public static UInt128 operator &(UInt128 left, UInt128 right) => new UInt128(left._upper & right._upper, left._lower & right._lower);

    public static UInt128 operator |(UInt128 left, UInt128 right) => new UInt128(left._upper | right._upper, left._lower | right._lower);

    public static UInt128 operator ^(UInt128 left, UInt128 right) => new UInt128(left._upper ^ right._upper, left._lower ^ right._lower);

    public static UInt128 operator <<(UInt128 value, int shiftAmount)
    {
        shiftAmount &= 0x7F;
        if (shiftAmount == 0) return value;
        if (shiftAmount >= 64) return new UInt128(value._lower << shiftAmount, 0);
        return new UInt128((value._upper << shiftAmount) | (value._lower >> (64 - shiftAmount)), value._lower << shiftAmount);
    }

    public static UInt128 operator >>>(UInt128 value, int shiftAmount)
    {
        shiftAmount &= 0x7F;
        if (shiftAmount == 0) return value;
        if (shiftAmount >= 64) return new UInt128(0, value._upper >> shiftAmount);
        return new UInt128(value._upper >> shiftAmount, (value._lower >> shiftAmount) | (value._upper << (64 - shiftAmount)));
    }

    public static UInt128 operator >>(UInt128 value, int shiftAmount) => value >>> shiftAmount;

    public static UInt128 operator checked +(UInt128 left, UInt128 right)
    {
        UInt128 sum = left + right;
        if (sum < left) Faults.Overflow();
        return sum;
    }

    public static UInt128 operator checked -(UInt128 left, UInt128 right)
    {
        if (left < right) Faults.Overflow();
        return left - right;
    }

    public static UInt128 operator checked -(UInt128 value) => checked(Zero - value);

    public static UInt128 operator checked *(UInt128 left, UInt128 right)
    {
        if (left._upper != 0 && right._upper != 0) Faults.Overflow();
        ulong upper = Math.BigMul(left._lower, right._lower, out ulong lower);
        ulong middle = Math.BigMul(left._upper | right._upper, left._upper != 0 ? right._lower : left._lower, out ulong cross) != 0 ? Overflowing() : cross;
        ulong sum = upper + middle;
        if (sum < upper) Faults.Overflow();
        return new UInt128(sum, lower);
    }

    public static UInt128 operator /(UInt128 left, UInt128 right)
    {
        if (left._upper == 0 && right._upper == 0) return new UInt128(0, left._lower / right._lower);
        return Divide(left, right, out _);
    }

    public static UInt128 operator %(UInt128 left, UInt128 right)
    {
        if (left._upper == 0 && right._upper == 0) return new UInt128(0, left._lower % right._lower);
        Divide(left, right, out UInt128 remainder);
        return remainder;
    }

    public static bool operator <(UInt128 left, UInt128 right) => left._upper == right._upper ? left._lower < right._lower : left._upper < right._upper;

    public static bool operator >(UInt128 left, UInt128 right) => right < left;

    public static bool operator <=(UInt128 left, UInt128 right) => !(right < left);

    public static bool operator >=(UInt128 left, UInt128 right) => !(left < right);

    public static bool operator ==(UInt128 left, UInt128 right) => left._lower == right._lower && left._upper == right._upper;

    public static bool operator !=(UInt128 left, UInt128 right) => !(left == right);

    public static UInt128 Min(UInt128 x, UInt128 y) => x < y ? x : y;

    public static UInt128 Max(UInt128 x, UInt128 y) => x > y ? x : y;

    public static UInt128 Clamp(UInt128 value, UInt128 min, UInt128 max)
    {
        if (min > max) throw new ArgumentException("'min' cannot be greater than max.");
        return value < min ? min : value > max ? max : value;
    }

    public static (UInt128 Quotient, UInt128 Remainder) DivRem(UInt128 left, UInt128 right)
    {
        UInt128 quotient = left / right;
        return (quotient, left - quotient * right);
    }

    public static bool IsEvenInteger(UInt128 value) => (value._lower & 1) == 0;

    public static bool IsOddInteger(UInt128 value) => (value._lower & 1) != 0;

    public static UInt128 PopCount(UInt128 value) => new UInt128(0, (ulong)(Machine.Ones64(value._lower) + Machine.Ones64(value._upper)));

    public static UInt128 LeadingZeroCount(UInt128 value) => new UInt128(0, (ulong)Leading(value));

    public static UInt128 Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s, nameof(s));
        int status = WideNumber.Parse(s, false, out UInt128 value);
        if (status != 0) Number.FailParsing(status);
        return (UInt128)value;
    }

    public static UInt128 Parse(string s, IFormatProvider provider) => Parse(s);

    public static bool TryParse(string s, out UInt128 result)
    {
        int status = WideNumber.Parse(s, false, out UInt128 value);
        result = status == 0 ? (UInt128)value : default;
        return status == 0;
    }

    public int CompareTo(UInt128 value) => this < value ? -1 : value < this ? 1 : 0;

    public int CompareTo(object value)
    {
        if (value is null) return 1;
        return value is UInt128 other ? CompareTo(other) : throw new ArgumentException("Object must be of type UInt128.");
    }

    public bool Equals(UInt128 other) => this == other;

    public override bool Equals(object obj) => obj is UInt128 other && this == other;

    public override int GetHashCode() => HashCode.Combine(_lower, _upper);

    public override string ToString() => WideNumber.Decimal(this, 0, false);

    public string ToString(IFormatProvider provider) => ToString();

    public string ToString(string format) => WideNumber.Format(this, this, false, format);

    public string ToString(string format, IFormatProvider provider) => ToString(format);

    public static UInt128 Log2(UInt128 value) => new UInt128(0, (ulong)(127 - Leading(value)));

    public static bool IsPow2(UInt128 value) => Machine.Ones64(value._lower) + Machine.Ones64(value._upper) == 1;

    private static int Leading(UInt128 value) => value._upper == 0 ? 64 + Machine.LeadingZeros64(value._lower) : Machine.LeadingZeros64(value._upper);

    private static ulong Overflowing()
    {
        Faults.Overflow();
        return 0;
    }

    // In digits of 32 bits by a divisor of one digit, otherwise bit by bit from the highest that can be set.
    private static UInt128 Divide(UInt128 left, UInt128 right, out UInt128 remainder)
    {
        if (right._upper == 0 && right._lower <= uint.MaxValue) return DivideByDigit(left, right._lower, out remainder);
        if (left < right)
        {
            remainder = left;
            return Zero;
        }

        int shift = Leading(right) - Leading(left);
        UInt128 divisor = right << shift, quotient = Zero;
        for (; shift >= 0; shift--)
        {
            quotient <<= 1;
            if (left >= divisor)
            {
                left -= divisor;
                quotient |= One;
            }

            divisor >>>= 1;
        }

        remainder = left;
        return quotient;
    }

    private static UInt128 DivideByDigit(UInt128 left, ulong divisor, out UInt128 remainder)
    {
        ulong upper = left._upper / divisor, rest = left._upper % divisor;
        ulong next = (rest << 32) | (left._lower >> 32), high = next / divisor;
        next = ((next % divisor) << 32) | (uint)left._lower;
        ulong low = next / divisor;
        remainder = new UInt128(0, next % divisor);
        return new UInt128(upper, (high << 32) | low);
    }
}
