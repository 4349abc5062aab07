using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Phala.Crypto.Curve25519;

/// <summary>
/// An integer modulo l = 2^252 + 27742317777372353535851937790883648493, the order of the base point and of the ristretto255 group.
/// </summary>
/// <remarks>
/// Invariant: the four 64-bit words are the canonical form, below l. The default value is zero.
/// Trust: everything is constant time, except what returns <see cref="bool"/>, whose result alone is revealed.
/// </remarks>
internal readonly struct Scalar : IEquatable<Scalar>
{
    /// <summary>The length of an encoding in bytes.</summary>
    internal const int Size = 32;

    /// <summary>The length of the input of a wide reduction in bytes.</summary>
    internal const int WideSize = 64;

    /// <summary>Word i has the weight 2^(64 i).</summary>
    internal readonly ulong W0, W1, W2, W3;

    internal Scalar(ulong value) : this(value, 0, 0, 0)
    {
    }

    /// <summary>A scalar from its words, which must be below l.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Scalar(ulong w0, ulong w1, ulong w2, ulong w3) => (W0, W1, W2, W3) = (w0, w1, w2, w3);

    internal static Scalar Zero => default;

    internal static Scalar One => new(1);

    /// <summary>Whether this is zero.</summary>
    internal bool IsZero => (W0 | W1 | W2 | W3) == 0;

    /// <summary>32 little-endian bytes, reduced modulo l.</summary>
    internal static Scalar FromBytesModOrder(ReadOnlySpan<byte> bytes)
    {
        Span<ulong> words = stackalloc ulong[8];
        ReadWords(bytes, words[..4]);
        words[4..].Clear();
        return ScalarReduction.Reduce(words);
    }

    /// <summary>64 little-endian bytes, reduced modulo l; uniform bytes give a uniform scalar.</summary>
    internal static Scalar FromBytesModOrderWide(ReadOnlySpan<byte> bytes)
    {
        Span<ulong> words = stackalloc ulong[8];
        ReadWords(bytes, words);
        return ScalarReduction.Reduce(words);
    }

    /// <summary>32 little-endian bytes that must be below l; false, and zero, otherwise.</summary>
    internal static bool TryFromCanonicalBytes(ReadOnlySpan<byte> bytes, out Scalar scalar)
    {
        Span<ulong> words = stackalloc ulong[4];
        ReadWords(bytes, words);
        bool isCanonical = ScalarReduction.IsBelowOrder(words[0], words[1], words[2], words[3]);
        scalar = isCanonical ? new Scalar(words[0], words[1], words[2], words[3]) : Zero;
        return isCanonical;
    }

    /// <summary>RFC 7748 §5 / RFC 8032 §5.1.5: clears the lowest three bits and the highest, sets the second highest, in place.</summary>
    internal static void Clamp(Span<byte> bytes)
    {
        bytes[0] &= 0xf8;
        bytes[31] = (byte)((bytes[31] & 0x7f) | 0x40);
    }

    /// <summary>Writes the canonical form, 32 bytes little-endian.</summary>
    internal void ToBytes(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, W0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], W1);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], W2);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], W3);
    }

    public static Scalar operator +(in Scalar a, in Scalar b)
    {
        // Both are below l < 2^253: no carry out of the highest word.
        ulong r0 = a.W0 + b.W0;
        ulong r1 = AddWithCarry(a.W1, b.W1, r0 < a.W0 ? 1UL : 0, out ulong carry);
        ulong r2 = AddWithCarry(a.W2, b.W2, carry, out carry);
        ulong r3 = AddWithCarry(a.W3, b.W3, carry, out _);
        return ScalarReduction.SubtractOrderOnce(r0, r1, r2, r3);
    }

    public static Scalar operator -(in Scalar a, in Scalar b) => a + -b;

    public static Scalar operator -(in Scalar a) => ScalarReduction.Negate(a);

    public static Scalar operator *(in Scalar a, in Scalar b) => MultiplyAdd(a, b, Zero);

    /// <summary>a b + c.</summary>
    internal static Scalar MultiplyAdd(in Scalar a, in Scalar b, in Scalar c)
    {
        Span<ulong> product = stackalloc ulong[8];
        product.Clear();
        product[0] = c.W0;
        product[1] = c.W1;
        product[2] = c.W2;
        product[3] = c.W3;
        product[4] = AccumulateRow(product, a.W0, b);
        product[5] = AccumulateRow(product[1..], a.W1, b);
        product[6] = AccumulateRow(product[2..], a.W2, b);
        product[7] = AccumulateRow(product[3..], a.W3, b);
        return ScalarReduction.Reduce(product);
    }

    /// <summary>1/this = this^(l − 2); zero for zero.</summary>
    internal Scalar Invert()
    {
        // The exponent is public: its four-bit windows may steer the table.
        Span<Scalar> powers = stackalloc Scalar[16];
        powers[0] = One;
        for (int i = 1; i < 16; i++) powers[i] = powers[i - 1] * this;

        ReadOnlySpan<ulong> exponent = [ScalarReduction.Order0 - 2, ScalarReduction.Order1, 0, ScalarReduction.Order3];
        Scalar result = One;
        for (int digit = 63; digit >= 0; digit--)
        {
            for (int i = 0; i < 4; i++) result *= result;
            result *= powers[(int)(exponent[digit / 16] >> (4 * (digit % 16))) & 15];
        }

        return result;
    }

    /// <summary>All ones when both are equal, else zero.</summary>
    internal static ulong EqualsMask(in Scalar a, in Scalar b) =>
        ConstantTime.ZeroMask((a.W0 ^ b.W0) | (a.W1 ^ b.W1) | (a.W2 ^ b.W2) | (a.W3 ^ b.W3));

    /// <summary><paramref name="whenOnes"/> if the mask is all ones, <paramref name="whenZero"/> if it is zero.</summary>
    internal static Scalar Select(ulong mask, in Scalar whenZero, in Scalar whenOnes) => new(
        whenZero.W0 ^ (mask & (whenZero.W0 ^ whenOnes.W0)),
        whenZero.W1 ^ (mask & (whenZero.W1 ^ whenOnes.W1)),
        whenZero.W2 ^ (mask & (whenZero.W2 ^ whenOnes.W2)),
        whenZero.W3 ^ (mask & (whenZero.W3 ^ whenOnes.W3)));

    /// <inheritdoc/>
    public bool Equals(Scalar other) => EqualsMask(this, other) != 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Scalar other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => W0.GetHashCode();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong AddWithCarry(ulong a, ulong b, ulong carry, out ulong carryOut)
    {
        ulong sum = a + b;
        ulong result = sum + carry;
        carryOut = (sum < a ? 1UL : 0) | (result < sum ? 1UL : 0);
        return result;
    }

    /// <summary>accumulator[0..4] += factor · b; the word that is carried out.</summary>
    private static ulong AccumulateRow(Span<ulong> accumulator, ulong factor, in Scalar b)
    {
        accumulator[0] = MultiplyAddWord(factor, b.W0, accumulator[0], 0, out ulong carry);
        accumulator[1] = MultiplyAddWord(factor, b.W1, accumulator[1], carry, out carry);
        accumulator[2] = MultiplyAddWord(factor, b.W2, accumulator[2], carry, out carry);
        accumulator[3] = MultiplyAddWord(factor, b.W3, accumulator[3], carry, out carry);
        return carry;
    }

    /// <summary>The low word of a b + c + d, which never exceeds 128 bits, and its high word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong MultiplyAddWord(ulong a, ulong b, ulong c, ulong d, out ulong high)
    {
        high = Math.BigMul(a, b, out ulong low);
        low += c;
        high += low < c ? 1UL : 0;
        low += d;
        high += low < d ? 1UL : 0;
        return low;
    }

    private static void ReadWords(ReadOnlySpan<byte> bytes, Span<ulong> words)
    {
        for (int i = 0; i < words.Length; i++) words[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]);
    }
}
