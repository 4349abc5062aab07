using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Phala.Crypto.Curve25519;

/// <summary>
/// An integer modulo p = 2^255 − 19, in five limbs of radix 2^51: the arithmetic under Edwards, Montgomery and ristretto255 points.
/// </summary>
/// <remarks>
/// Invariant: a value is <em>tight</em> when every limb is below 2^51 + 2^18, <em>loose</em> when every limb is below 1.6 · 2^52.
/// Every operation takes loose values and gives a tight one, except <see cref="AddLoose"/> and <see cref="SubtractLoose"/>, which take tight values
/// and give a loose one (they leave out the carry). The default value is zero.
/// Trust: everything here is constant time (no branch and no index depends on a value), except the properties that return <see cref="bool"/>,
/// whose one-bit result alone is revealed to the caller's branch.
/// </remarks>
internal readonly struct FieldElement
{
    /// <summary>The length of an encoding in bytes.</summary>
    internal const int Size = 32;

    private const ulong Mask51 = (1UL << 51) - 1;

    /// <summary>Limb i has the weight 2^(51 i).</summary>
    internal readonly ulong L0, L1, L2, L3, L4;

    /// <summary>A value from its limbs, which must be loose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) => (L0, L1, L2, L3, L4) = (l0, l1, l2, l3, l4);

    internal static FieldElement Zero => default;

    internal static FieldElement One => new(1, 0, 0, 0, 0);

    /// <summary>Whether the canonical form is zero.</summary>
    internal bool IsZero => IsZeroMask() != 0;

    /// <summary>Whether the canonical form is odd ("negative" in RFC 9496).</summary>
    internal bool IsNegative => IsNegativeMask() != 0;

    /// <summary>Reads 32 bytes, little-endian, ignoring the highest bit; values from p to 2^255 − 1 are accepted and stand for themselves modulo p.</summary>
    internal static FieldElement FromBytes(ReadOnlySpan<byte> bytes)
    {
        ulong w0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        ulong w1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        ulong w2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        ulong w3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
        return new FieldElement(
            w0 & Mask51,
            ((w0 >> 51) | (w1 << 13)) & Mask51,
            ((w1 >> 38) | (w2 << 26)) & Mask51,
            ((w2 >> 25) | (w3 << 39)) & Mask51,
            (w3 >> 12) & Mask51);
    }

    /// <summary>Reads 32 bytes that must be the canonical form (below p, highest bit clear); false, and zero, otherwise.</summary>
    internal static bool TryFromCanonicalBytes(ReadOnlySpan<byte> bytes, out FieldElement value)
    {
        FieldElement read = FromBytes(bytes);
        Span<byte> canonical = stackalloc byte[Size];
        read.ToBytes(canonical);
        bool isCanonical = ConstantTime.AreEqual(bytes[..Size], canonical);
        value = isCanonical ? read : Zero;
        return isCanonical;
    }

    /// <summary>Writes the canonical form: 32 bytes, little-endian, below p.</summary>
    internal void ToBytes(Span<byte> destination)
    {
        FieldElement c = Canonical();
        BinaryPrimitives.WriteUInt64LittleEndian(destination, c.L0 | (c.L1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], (c.L1 >> 13) | (c.L2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], (c.L2 >> 26) | (c.L3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], (c.L3 >> 39) | (c.L4 << 12));
    }

    /// <summary>All ones when the canonical form is zero, else zero.</summary>
    internal ulong IsZeroMask()
    {
        FieldElement c = Canonical();
        return ConstantTime.ZeroMask(c.L0 | c.L1 | c.L2 | c.L3 | c.L4);
    }

    /// <summary>All ones when the canonical form is odd, else zero.</summary>
    internal ulong IsNegativeMask() => 0UL - (Canonical().L0 & 1);

    /// <summary>All ones when both are the same modulo p, else zero.</summary>
    internal static ulong EqualsMask(in FieldElement a, in FieldElement b) => (a - b).IsZeroMask();

    /// <summary>Whether both are the same modulo p.</summary>
    internal static bool Equals(in FieldElement a, in FieldElement b) => EqualsMask(a, b) != 0;

    /// <summary><paramref name="whenOnes"/> if the mask is all ones, <paramref name="whenZero"/> if it is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static FieldElement Select(ulong mask, in FieldElement whenZero, in FieldElement whenOnes) => new(
        whenZero.L0 ^ (mask & (whenZero.L0 ^ whenOnes.L0)),
        whenZero.L1 ^ (mask & (whenZero.L1 ^ whenOnes.L1)),
        whenZero.L2 ^ (mask & (whenZero.L2 ^ whenOnes.L2)),
        whenZero.L3 ^ (mask & (whenZero.L3 ^ whenOnes.L3)),
        whenZero.L4 ^ (mask & (whenZero.L4 ^ whenOnes.L4)));

    /// <summary>Exchanges both values if the mask is all ones, leaves them if it is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ConditionalSwap(ulong mask, ref FieldElement a, ref FieldElement b)
    {
        FieldElement oldA = a;
        a = Select(mask, a, b);
        b = Select(mask, b, oldA);
    }

    /// <summary>−a if the mask is all ones, a if it is zero.</summary>
    internal static FieldElement ConditionalNegate(ulong mask, in FieldElement a) => Select(mask, a, -a);

    /// <summary>Of a and −a, the one whose canonical form is even.</summary>
    internal static FieldElement Absolute(in FieldElement a) => ConditionalNegate(a.IsNegativeMask(), a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator +(in FieldElement a, in FieldElement b) =>
        Carry(a.L0 + b.L0, a.L1 + b.L1, a.L2 + b.L2, a.L3 + b.L3, a.L4 + b.L4);

    /// <summary>16 p is added limb by limb, so that no limb of a loose b can make one negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator -(in FieldElement a, in FieldElement b) => Carry(
        a.L0 + 0x7ffffffffffed0UL - b.L0,
        a.L1 + 0x7ffffffffffff0UL - b.L1,
        a.L2 + 0x7ffffffffffff0UL - b.L2,
        a.L3 + 0x7ffffffffffff0UL - b.L3,
        a.L4 + 0x7ffffffffffff0UL - b.L4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator -(in FieldElement a) => Zero - a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        Multiply(a, b, out FieldElement product);
        return product;
    }

    /// <summary>a + b without carry: tight values in, a loose one out (limbs below 2^52 + 2^19).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static FieldElement AddLoose(in FieldElement a, in FieldElement b) =>
        new(a.L0 + b.L0, a.L1 + b.L1, a.L2 + b.L2, a.L3 + b.L3, a.L4 + b.L4);

    /// <summary>a − b (+ 2 p) without carry: tight values in, a loose one out (limbs below 1.5 · 2^52 + 2^18; 2 p's limbs are above any tight limb).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static FieldElement SubtractLoose(in FieldElement a, in FieldElement b) => new(
        a.L0 + 0xfffffffffffdaUL - b.L0,
        a.L1 + 0xffffffffffffeUL - b.L1,
        a.L2 + 0xffffffffffffeUL - b.L2,
        a.L3 + 0xffffffffffffeUL - b.L3,
        a.L4 + 0xffffffffffffeUL - b.L4);

    /// <summary>The product. Either operand may be the destination.</summary>
    /// <remarks>
    /// One operand is shifted left by 6 bits and the other by 7, so that the high word of each 128-bit product is ⌊a_i b_j / 2^51⌋ and its low word
    /// holds the remainder above 13 zero bits: high and low halves add up in single words, without any carry between them.
    /// Bounds, with loose limbs below 1.6 · 2^52: the larger shifted operand 19 · 2^7 · b_j is below 30.4 · 2^59 &lt; 2^64. A plain high half is below
    /// 2.56 · 2^53, one with the factor 19 below 48.7 · 2^53; a column's sum is below (1 + 4 · 19) · 2.56 · 2^53 &lt; 2^61, a column's low halves
    /// below 5 · 2^51, and 19 times column 4's high halves below 19 · 5 · 2.56 · 2^53 &lt; 2^61. So every sum is below 2^62 and one round of carries,
    /// each below 2^11, makes the result tight.
    /// </remarks>
    [SkipLocalsInit]
    internal static void Multiply(in FieldElement a, in FieldElement b, out FieldElement product)
    {
        ulong a0 = a.L0 << 6, a1 = a.L1 << 6, a2 = a.L2 << 6, a3 = a.L3 << 6, a4 = a.L4 << 6;
        ulong b0 = b.L0 << 7, b1 = b.L1 << 7, b2 = b.L2 << 7, b3 = b.L3 << 7, b4 = b.L4 << 7;
        ulong c1 = 19 * b1, c2 = 19 * b2, c3 = 19 * b3, c4 = 19 * b4;

        ulong h0 = Math.BigMul(a0, b0, out ulong low);
        ulong r0 = low >> 13;
        h0 += Math.BigMul(a1, c4, out low);
        r0 += low >> 13;
        h0 += Math.BigMul(a2, c3, out low);
        r0 += low >> 13;
        h0 += Math.BigMul(a3, c2, out low);
        r0 += low >> 13;
        h0 += Math.BigMul(a4, c1, out low);
        r0 += low >> 13;
        ulong h1 = Math.BigMul(a0, b1, out low);
        ulong r1 = low >> 13;
        h1 += Math.BigMul(a1, b0, out low);
        r1 += low >> 13;
        h1 += Math.BigMul(a2, c4, out low);
        r1 += low >> 13;
        h1 += Math.BigMul(a3, c3, out low);
        r1 += low >> 13;
        h1 += Math.BigMul(a4, c2, out low);
        r1 += low >> 13;
        ulong h2 = Math.BigMul(a0, b2, out low);
        ulong r2 = low >> 13;
        h2 += Math.BigMul(a1, b1, out low);
        r2 += low >> 13;
        h2 += Math.BigMul(a2, b0, out low);
        r2 += low >> 13;
        h2 += Math.BigMul(a3, c4, out low);
        r2 += low >> 13;
        h2 += Math.BigMul(a4, c3, out low);
        r2 += low >> 13;
        ulong h3 = Math.BigMul(a0, b3, out low);
        ulong r3 = low >> 13;
        h3 += Math.BigMul(a1, b2, out low);
        r3 += low >> 13;
        h3 += Math.BigMul(a2, b1, out low);
        r3 += low >> 13;
        h3 += Math.BigMul(a3, b0, out low);
        r3 += low >> 13;
        h3 += Math.BigMul(a4, c4, out low);
        r3 += low >> 13;
        ulong h4 = Math.BigMul(a0, b4, out low);
        ulong r4 = low >> 13;
        h4 += Math.BigMul(a1, b3, out low);
        r4 += low >> 13;
        h4 += Math.BigMul(a2, b2, out low);
        r4 += low >> 13;
        h4 += Math.BigMul(a3, b1, out low);
        r4 += low >> 13;
        h4 += Math.BigMul(a4, b0, out low);
        r4 += low >> 13;

        product = Carry(r0 + (19 * h4), r1 + h0, r2 + h1, r3 + h2, r4 + h3);
    }

    /// <summary>The square.</summary>
    internal FieldElement Square()
    {
        SquareTimes(this, 1, out FieldElement result);
        return result;
    }

    /// <summary>This value squared <paramref name="count"/> times: its power 2^count.</summary>
    internal FieldElement SquareTimes(int count)
    {
        SquareTimes(this, count, out FieldElement result);
        return result;
    }

    /// <summary>Squares <paramref name="count"/> (at least 1) times in registers; as <see cref="Multiply"/>, with doubled operands for the mixed products.</summary>
    /// <remarks>d_i = 2^7 a_i is both "the other operand" and twice the first one; d_i · n_j with n_j = 19 · 2^7 a_j is twice a mixed product.</remarks>
    [SkipLocalsInit]
    internal static void SquareTimes(in FieldElement value, int count, out FieldElement result)
    {
        FieldElement x = value;
        do
        {
            ulong a1 = x.L1 << 6, a2 = x.L2 << 6, a3 = x.L3 << 6, a4 = x.L4 << 6, a0 = x.L0 << 6;
            ulong d0 = x.L0 << 7, d1 = x.L1 << 7, d2 = x.L2 << 7, d3 = x.L3 << 7, d4 = x.L4 << 7;
            ulong n3 = 19 * d3, n4 = 19 * d4;

            ulong h0 = Math.BigMul(a0, d0, out ulong low);
            ulong r0 = low >> 13;
            h0 += Math.BigMul(d1, n4, out low);
            r0 += low >> 13;
            h0 += Math.BigMul(d2, n3, out low);
            r0 += low >> 13;
            ulong h1 = Math.BigMul(d0, d1, out low);
            ulong r1 = low >> 13;
            h1 += Math.BigMul(d2, n4, out low);
            r1 += low >> 13;
            h1 += Math.BigMul(a3, n3, out low);
            r1 += low >> 13;
            ulong h2 = Math.BigMul(d0, d2, out low);
            ulong r2 = low >> 13;
            h2 += Math.BigMul(a1, d1, out low);
            r2 += low >> 13;
            h2 += Math.BigMul(d3, n4, out low);
            r2 += low >> 13;
            ulong h3 = Math.BigMul(d0, d3, out low);
            ulong r3 = low >> 13;
            h3 += Math.BigMul(d1, d2, out low);
            r3 += low >> 13;
            h3 += Math.BigMul(a4, n4, out low);
            r3 += low >> 13;
            ulong h4 = Math.BigMul(d0, d4, out low);
            ulong r4 = low >> 13;
            h4 += Math.BigMul(d1, d3, out low);
            r4 += low >> 13;
            h4 += Math.BigMul(a2, d2, out low);
            r4 += low >> 13;

            x = Carry(r0 + (19 * h4), r1 + h0, r2 + h1, r3 + h2, r4 + h3);
        }
        while (--count > 0);
        result = x;
    }

    /// <summary>One round of carries, all at once: any limbs in, a tight value out (each carry is below 2^13, 19 times that below 2^18).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Carry(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) => new(
        (l0 & Mask51) + (19 * (l4 >> 51)),
        (l1 & Mask51) + (l0 >> 51),
        (l2 & Mask51) + (l1 >> 51),
        (l3 & Mask51) + (l2 >> 51),
        (l4 & Mask51) + (l3 >> 51));

    /// <summary>The same value with limbs below 2^51 and below p as a whole.</summary>
    private FieldElement Canonical()
    {
        // A tight value is below 2 p. Adding 19 carries out of bit 255 exactly when the value is at least p.
        FieldElement t = Carry(L0, L1, L2, L3, L4);
        ulong carry = (t.L0 + 19) >> 51;
        carry = (t.L1 + carry) >> 51;
        carry = (t.L2 + carry) >> 51;
        carry = (t.L3 + carry) >> 51;
        carry = (t.L4 + carry) >> 51;

        ulong l0 = t.L0 + (19 * carry);
        ulong l1 = t.L1 + (l0 >> 51);
        ulong l2 = t.L2 + (l1 >> 51);
        ulong l3 = t.L3 + (l2 >> 51);
        ulong l4 = t.L4 + (l3 >> 51);
        return new FieldElement(l0 & Mask51, l1 & Mask51, l2 & Mask51, l3 & Mask51, l4 & Mask51);
    }
}
