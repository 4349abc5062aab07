using System.Diagnostics;
using System.Numerics;

namespace Phala.Codec;

/// <summary>
/// A signed integer of 256 bits, in two's complement. Arithmetic is always checked, as that of <see cref="UInt256"/>.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct Int256 : IEquatable<Int256>, IComparable<Int256>, IComparable, ISpanFormattable, ISpanParsable<Int256>
{
    private static readonly UInt256 SignBit = new(UInt128.One << 127, 0);

    private Int256(UInt256 bits) => Bits = bits;

    /// <summary>0.</summary>
    public static Int256 Zero => default;

    /// <summary>1.</summary>
    public static Int256 One => new(UInt256.One);

    /// <summary>−1.</summary>
    public static Int256 NegativeOne => new(UInt256.MaxValue);

    /// <summary>−2^255.</summary>
    public static Int256 MinValue => new(SignBit);

    /// <summary>2^255 − 1.</summary>
    public static Int256 MaxValue => new(SignBit - UInt256.One);

    /// <summary>The two's complement.</summary>
    public UInt256 Bits { get; }

    /// <summary>Whether the value is below zero.</summary>
    public bool IsNegative => Bits >= SignBit;

    private UInt256 Magnitude => IsNegative ? UInt256.WrappingSubtract(default, Bits) : Bits;

    /// <summary>Takes 256 bits as two's complement.</summary>
    public static Int256 FromBits(UInt256 bits) => new(bits);

    /// <summary>Divides with remainder; rounds towards zero, so the remainder has the dividend's sign, as C# does for its own integers.</summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    /// <exception cref="OverflowException">The quotient is 2^255.</exception>
    public static (Int256 Quotient, Int256 Remainder) DivRem(Int256 left, Int256 right)
    {
        (UInt256 quotient, UInt256 remainder) = UInt256.DivRem(left.Magnitude, right.Magnitude);
        return (FromMagnitude(left.IsNegative != right.IsNegative, quotient), FromMagnitude(left.IsNegative, remainder));
    }

    /// <summary>The sum; throws <see cref="OverflowException"/> where it does not fit.</summary>
    public static Int256 operator +(Int256 left, Int256 right)
    {
        Int256 sum = new(UInt256.WrappingAdd(left.Bits, right.Bits));
        bool overflow = left.IsNegative == right.IsNegative && sum.IsNegative != left.IsNegative;
        return overflow ? throw new OverflowException() : sum;
    }

    /// <summary>The difference; throws <see cref="OverflowException"/> where it does not fit.</summary>
    public static Int256 operator -(Int256 left, Int256 right)
    {
        Int256 difference = new(UInt256.WrappingSubtract(left.Bits, right.Bits));
        bool overflow = left.IsNegative != right.IsNegative && difference.IsNegative != left.IsNegative;
        return overflow ? throw new OverflowException() : difference;
    }

    /// <summary>The negative; throws <see cref="OverflowException"/> for <see cref="MinValue"/>.</summary>
    public static Int256 operator -(Int256 value) => Zero - value;

    /// <summary>The product; throws <see cref="OverflowException"/> where it does not fit.</summary>
    public static Int256 operator *(Int256 left, Int256 right) => FromMagnitude(left.IsNegative != right.IsNegative, left.Magnitude * right.Magnitude);

    /// <summary>The quotient, rounded towards zero; throws <see cref="DivideByZeroException"/> and <see cref="OverflowException"/>.</summary>
    public static Int256 operator /(Int256 left, Int256 right) => DivRem(left, right).Quotient;

    /// <summary>The remainder, with the sign of the dividend; throws <see cref="DivideByZeroException"/>.</summary>
    public static Int256 operator %(Int256 left, Int256 right) => FromMagnitude(left.IsNegative, left.Magnitude % right.Magnitude);

    /// <summary>Whether both are the same number.</summary>
    public static bool operator ==(Int256 left, Int256 right) => left.Equals(right);

    /// <summary>Whether the numbers differ.</summary>
    public static bool operator !=(Int256 left, Int256 right) => !left.Equals(right);

    /// <summary>Whether the left number is smaller.</summary>
    public static bool operator <(Int256 left, Int256 right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left number is smaller or equal.</summary>
    public static bool operator <=(Int256 left, Int256 right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left number is larger.</summary>
    public static bool operator >(Int256 left, Int256 right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left number is larger or equal.</summary>
    public static bool operator >=(Int256 left, Int256 right) => left.CompareTo(right) >= 0;

    /// <summary>Widens.</summary>
    public static implicit operator Int256(int value) => (Int128)value;

    /// <summary>Widens.</summary>
    public static implicit operator Int256(long value) => (Int128)value;

    /// <summary>Widens.</summary>
    public static implicit operator Int256(Int128 value) => new(new UInt256(Int128.IsNegative(value) ? UInt128.MaxValue : 0, unchecked((UInt128)value)));

    /// <summary>Throws <see cref="OverflowException"/> from 2^255 on.</summary>
    public static explicit operator Int256(UInt256 value) => FromMagnitude(isNegative: false, value);

    /// <summary>Throws <see cref="OverflowException"/> below zero.</summary>
    public static explicit operator UInt256(Int256 value) => value.IsNegative ? throw new OverflowException() : value.Bits;

    /// <summary>Narrows; throws <see cref="OverflowException"/> where the value does not fit.</summary>
    public static explicit operator Int128(Int256 value)
    {
        Int128 low = unchecked((Int128)value.Bits.Lower);
        return (Int256)low == value ? low : throw new OverflowException();
    }

    /// <summary>Narrows; throws <see cref="OverflowException"/> where the value does not fit.</summary>
    public static explicit operator long(Int256 value) => checked((long)(Int128)value);

    /// <summary>Narrows; throws <see cref="OverflowException"/> where the value does not fit.</summary>
    public static explicit operator int(Int256 value) => checked((int)(Int128)value);

    /// <summary>Throws <see cref="OverflowException"/> for numbers of more than 256 bits.</summary>
    public static explicit operator Int256(BigInteger value) => FromMagnitude(value.Sign < 0, (UInt256)BigInteger.Abs(value));

    /// <summary>Widens.</summary>
    public static implicit operator BigInteger(Int256 value) => value.IsNegative ? -(BigInteger)value.Magnitude : value.Magnitude;

    /// <summary>Reads decimal digits after an optional minus sign, and nothing else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Int256 value)
    {
        bool isNegative = text.StartsWith("-");
        value = default;
        if (!UInt256.TryParse(isNegative ? text[1..] : text, out UInt256 magnitude) || !Fits(isNegative, magnitude)) return false;
        value = FromMagnitude(isNegative, magnitude);
        return true;
    }

    /// <summary>Reads decimal digits after an optional minus sign; throws <see cref="FormatException"/> for other text and other numbers.</summary>
    public static Int256 Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out Int256 value) ? value : throw new FormatException("Not a decimal number of at most 256 bits.");

    /// <inheritdoc/>
    static bool ISpanParsable<Int256>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Int256 result) => TryParse(s, out result);

    /// <inheritdoc/>
    static Int256 ISpanParsable<Int256>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    static bool IParsable<Int256>.TryParse(string? s, IFormatProvider? provider, out Int256 result) => TryParse(s, out result);

    /// <inheritdoc/>
    static Int256 IParsable<Int256>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    public bool Equals(Int256 other) => Bits == other.Bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Int256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Bits.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(Int256 other) => IsNegative == other.IsNegative ? Bits.CompareTo(other.Bits) : IsNegative ? -1 : 1;

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        Int256 other => CompareTo(other),
        _ => throw new ArgumentException("Not an Int256.", nameof(obj)),
    };

    /// <summary>The decimal digits, after a minus sign where the value is below zero.</summary>
    public override string ToString() => IsNegative ? $"-{Magnitude}" : Magnitude.ToString();

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Writes what <see cref="ToString()"/> gives; there are no other formats.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null)
    {
        charsWritten = 0;
        int sign = IsNegative ? 1 : 0;
        if (destination.Length < sign || !Magnitude.TryFormat(destination[sign..], out int digits)) return false;
        if (sign == 1) destination[0] = '-';
        charsWritten = sign + digits;
        return true;
    }

    private static bool Fits(bool isNegative, UInt256 magnitude) => magnitude < SignBit || (isNegative && magnitude == SignBit);

    private static Int256 FromMagnitude(bool isNegative, UInt256 magnitude)
    {
        if (!Fits(isNegative, magnitude)) throw new OverflowException();
        return new Int256(isNegative ? UInt256.WrappingSubtract(default, magnitude) : magnitude);
    }
}
