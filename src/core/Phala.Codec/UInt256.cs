using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;

namespace Phala.Codec;

/// <summary>
/// An unsigned integer of 256 bits. Arithmetic is always checked: a result that does not fit throws <see cref="OverflowException"/>, in checked and
/// unchecked contexts alike, because a wrapped balance is never what was meant.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct UInt256 : IEquatable<UInt256>, IComparable<UInt256>, IComparable, ISpanFormattable, ISpanParsable<UInt256>
{
    /// <summary>The length in bytes.</summary>
    public const int Size = 32;

    /// <summary>The most decimal digits that a value has.</summary>
    internal const int MaxDigits = 78;

    /// <summary>Ten to the power of 19, the largest power of ten below 2^64: decimal text is made and read in chunks of 19 digits.</summary>
    private const ulong Chunk = 10_000_000_000_000_000_000;
    private const int ChunkDigits = 19;

    /// <summary>Puts a value together from its halves.</summary>
    /// <param name="upper">Bits 128 to 255.</param>
    /// <param name="lower">Bits 0 to 127.</param>
    public UInt256(UInt128 upper, UInt128 lower)
    {
        Upper = upper;
        Lower = lower;
    }

    /// <summary>0.</summary>
    public static UInt256 Zero => default;

    /// <summary>1.</summary>
    public static UInt256 One => new(0, 1);

    /// <summary>2^256 − 1.</summary>
    public static UInt256 MaxValue => new(UInt128.MaxValue, UInt128.MaxValue);

    /// <summary>Bits 128 to 255.</summary>
    public UInt128 Upper { get; }

    /// <summary>Bits 0 to 127.</summary>
    public UInt128 Lower { get; }

    /// <summary>The number of bits without leading zeros; 0 for zero.</summary>
    public int BitLength => Upper != 0 ? 256 - (int)UInt128.LeadingZeroCount(Upper) : 128 - (int)UInt128.LeadingZeroCount(Lower);

    /// <summary>Reads 32 bytes, least significant first.</summary>
    public static UInt256 FromLittleEndian(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt128LittleEndian(bytes));

    /// <summary>Writes 32 bytes, least significant first.</summary>
    public void WriteLittleEndian(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[16..], Upper);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, Lower);
    }

    /// <summary>Adds, unless the sum needs more than 256 bits.</summary>
    public static bool TryAdd(UInt256 left, UInt256 right, out UInt256 sum)
    {
        UInt256 wrapped = WrappingAdd(left, right);
        bool fits = wrapped >= left;
        sum = fits ? wrapped : default;
        return fits;
    }

    /// <summary>Subtracts, unless the difference is negative.</summary>
    public static bool TrySubtract(UInt256 left, UInt256 right, out UInt256 difference)
    {
        bool fits = left >= right;
        difference = fits ? WrappingSubtract(left, right) : default;
        return fits;
    }

    /// <summary>Multiplies, unless the product needs more than 256 bits.</summary>
    public static bool TryMultiply(UInt256 left, UInt256 right, out UInt256 product)
    {
        Span<uint> limbs = stackalloc uint[2 * Limbs256.Count];
        Limbs256.Multiply(left, right, limbs);
        bool fits = limbs[Limbs256.Count..].IndexOfAnyExcept(0u) < 0;
        product = fits ? Limbs256.ToValue(limbs) : default;
        return fits;
    }

    /// <summary>Divides with remainder.</summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static (UInt256 Quotient, UInt256 Remainder) DivRem(UInt256 left, UInt256 right)
    {
        if (right == Zero) throw new DivideByZeroException();
        if (left < right) return (Zero, left);
        if (left.Upper == 0) return (left.Lower / right.Lower, left.Lower % right.Lower);
        return Limbs256.DivRem(left, right);
    }

    /// <summary>The sum; throws <see cref="OverflowException"/> where it does not fit.</summary>
    public static UInt256 operator +(UInt256 left, UInt256 right) => TryAdd(left, right, out UInt256 sum) ? sum : throw new OverflowException();

    /// <summary>The difference; throws <see cref="OverflowException"/> where it is negative.</summary>
    public static UInt256 operator -(UInt256 left, UInt256 right) =>
        TrySubtract(left, right, out UInt256 difference) ? difference : throw new OverflowException();

    /// <summary>The product; throws <see cref="OverflowException"/> where it does not fit.</summary>
    public static UInt256 operator *(UInt256 left, UInt256 right) =>
        TryMultiply(left, right, out UInt256 product) ? product : throw new OverflowException();

    /// <summary>The quotient, rounded down; throws <see cref="DivideByZeroException"/>.</summary>
    public static UInt256 operator /(UInt256 left, UInt256 right) => DivRem(left, right).Quotient;

    /// <summary>The remainder; throws <see cref="DivideByZeroException"/>.</summary>
    public static UInt256 operator %(UInt256 left, UInt256 right) => DivRem(left, right).Remainder;

    /// <summary>Whether both are the same number.</summary>
    public static bool operator ==(UInt256 left, UInt256 right) => left.Equals(right);

    /// <summary>Whether the numbers differ.</summary>
    public static bool operator !=(UInt256 left, UInt256 right) => !left.Equals(right);

    /// <summary>Whether the left number is smaller.</summary>
    public static bool operator <(UInt256 left, UInt256 right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left number is smaller or equal.</summary>
    public static bool operator <=(UInt256 left, UInt256 right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left number is larger.</summary>
    public static bool operator >(UInt256 left, UInt256 right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left number is larger or equal.</summary>
    public static bool operator >=(UInt256 left, UInt256 right) => left.CompareTo(right) >= 0;

    /// <summary>Widens.</summary>
    public static implicit operator UInt256(uint value) => new(0, value);

    /// <summary>Widens.</summary>
    public static implicit operator UInt256(ulong value) => new(0, value);

    /// <summary>Widens.</summary>
    public static implicit operator UInt256(UInt128 value) => new(0, value);

    /// <summary>Narrows; throws <see cref="OverflowException"/> where the value does not fit.</summary>
    public static explicit operator uint(UInt256 value) => checked((uint)(UInt128)value);

    /// <summary>Narrows; throws <see cref="OverflowException"/> where the value does not fit.</summary>
    public static explicit operator ulong(UInt256 value) => checked((ulong)(UInt128)value);

    /// <summary>Narrows; throws <see cref="OverflowException"/> where the value does not fit.</summary>
    public static explicit operator UInt128(UInt256 value) => value.Upper == 0 ? value.Lower : throw new OverflowException();

    /// <summary>Takes a non-negative number below 2^256; throws <see cref="OverflowException"/> for others.</summary>
    public static explicit operator UInt256(BigInteger value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes.Clear();
        if (value.Sign < 0 || !value.TryWriteBytes(bytes, out _, isUnsigned: true)) throw new OverflowException();
        return FromLittleEndian(bytes);
    }

    /// <summary>Widens.</summary>
    public static implicit operator BigInteger(UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        value.WriteLittleEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }

    /// <summary>Reads decimal digits, and nothing but digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out UInt256 value)
    {
        value = default;

        // The framework's parser takes zero characters after the digits for the end of the text.
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9')) return false;
        UInt256 read = default;
        for (int at = 0; at < text.Length;)
        {
            int length = (text.Length - at - 1) % ChunkDigits + 1;
            if (!ulong.TryParse(text.Slice(at, length), NumberStyles.None, CultureInfo.InvariantCulture, out ulong chunk)) return false;
            if (!TryMultiply(read, Chunk, out read) || !TryAdd(read, chunk, out read)) return false;
            at += length;
        }

        value = read;
        return true;
    }

    /// <summary>Reads decimal digits; throws <see cref="FormatException"/> for other text and for numbers from 2^256 on.</summary>
    public static UInt256 Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out UInt256 value) ? value : throw new FormatException("Not a decimal number of at most 256 bits.");

    /// <inheritdoc/>
    static bool ISpanParsable<UInt256>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out UInt256 result) => TryParse(s, out result);

    /// <inheritdoc/>
    static UInt256 ISpanParsable<UInt256>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    static bool IParsable<UInt256>.TryParse(string? s, IFormatProvider? provider, out UInt256 result) => TryParse(s, out result);

    /// <inheritdoc/>
    static UInt256 IParsable<UInt256>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    public bool Equals(UInt256 other) => Lower == other.Lower && Upper == other.Upper;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UInt256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (Upper.GetHashCode() * 31) ^ Lower.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(UInt256 other) => Upper == other.Upper ? Lower.CompareTo(other.Lower) : Upper.CompareTo(other.Upper);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        UInt256 other => CompareTo(other),
        _ => throw new ArgumentException("Not a UInt256.", nameof(obj)),
    };

    /// <summary>The decimal digits.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[MaxDigits];
        return text[FormatFromEnd(text)..].ToString();
    }

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Writes the decimal digits; there are no other formats.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null)
    {
        Span<char> text = stackalloc char[MaxDigits];
        ReadOnlySpan<char> digits = text[FormatFromEnd(text)..];
        bool fits = digits.TryCopyTo(destination);
        charsWritten = fits ? digits.Length : 0;
        return fits;
    }

    /// <summary>Sums modulo 2^256.</summary>
    internal static UInt256 WrappingAdd(UInt256 left, UInt256 right)
    {
        UInt128 lower = unchecked(left.Lower + right.Lower);
        UInt128 carry = lower < left.Lower ? UInt128.One : UInt128.Zero;
        return new UInt256(unchecked(left.Upper + right.Upper + carry), lower);
    }

    /// <summary>Subtracts modulo 2^256.</summary>
    internal static UInt256 WrappingSubtract(UInt256 left, UInt256 right)
    {
        UInt128 borrow = left.Lower < right.Lower ? UInt128.One : UInt128.Zero;
        return new UInt256(unchecked(left.Upper - right.Upper - borrow), unchecked(left.Lower - right.Lower));
    }

    /// <summary>Writes the digits right-aligned and returns where they start.</summary>
    private int FormatFromEnd(Span<char> text)
    {
        int start = text.Length;
        UInt256 rest = this;
        do
        {
            (rest, UInt256 digits) = DivRem(rest, Chunk);
            ulong chunk = (ulong)digits.Lower;
            for (int at = 0; at < ChunkDigits && (chunk != 0 || rest != Zero); at++, chunk /= 10) text[--start] = (char)('0' + (chunk % 10));
        }
        while (rest != Zero);

        if (start == text.Length) text[--start] = '0';
        return start;
    }
}
