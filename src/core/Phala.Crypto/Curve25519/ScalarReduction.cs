namespace Phala.Crypto.Curve25519;

/// <summary>Reduction modulo l = 2^252 + c, c below 2^125: what stands above bit 252 is folded down as −c times itself. Constant time.</summary>
internal static class ScalarReduction
{
    /// <summary>The words of l.</summary>
    internal const ulong Order0 = 0x5812631a5cf5d3ed, Order1 = 0x14def9dea2f79cd6, Order3 = 0x1000000000000000;

    private const ulong Mask60 = (1UL << 60) - 1;

    /// <summary>Eight words, any value below 2^512, modulo l.</summary>
    /// <remarks>
    /// With x = x0 + 2^252 h0, h0 below 2^260: x ≡ x0 − c h0. Again c h0 = x1 + 2^252 h1, h1 below 2^133, and c h1 = x2 + 2^252 h2, h2 below 2^6:
    /// x ≡ x0 − x1 + x2 − c h2. All x_i are below 2^252 and c h2 is below 2^131, so adding 2 l gives a value above 0 and below 4 l.
    /// </remarks>
    internal static Scalar Reduce(ReadOnlySpan<ulong> x)
    {
        Span<ulong> folded1 = stackalloc ulong[7];
        Fold(x, 5, folded1);
        Span<ulong> folded2 = stackalloc ulong[5];
        Fold(folded1, 3, folded2);
        Span<ulong> folded3 = stackalloc ulong[3];
        Fold(folded2, 1, folded3);

        ulong r0 = Combine(x[0], folded1[0], folded2[0], folded3[0], 2 * Order0, 0, out long carry);
        // 2 l's words: 2 · Order0 overflows by none (Order0 is below 2^63), likewise Order1.
        ulong r1 = Combine(x[1], folded1[1], folded2[1], folded3[1], 2 * Order1, carry, out carry);
        ulong r2 = Combine(x[2], folded1[2], folded2[2], folded3[2], 0, carry, out carry);
        ulong r3 = Combine(x[3] & Mask60, folded1[3] & Mask60, folded2[3] & Mask60, 0, 2 * Order3, carry, out _);

        SubtractIfNotBelow(ref r0, ref r1, ref r2, ref r3, 2 * Order0, 2 * Order1, 2 * Order3);
        SubtractIfNotBelow(ref r0, ref r1, ref r2, ref r3, Order0, Order1, Order3);
        return new Scalar(r0, r1, r2, r3);
    }

    /// <summary>A value below 2 l, modulo l.</summary>
    internal static Scalar SubtractOrderOnce(ulong r0, ulong r1, ulong r2, ulong r3)
    {
        SubtractIfNotBelow(ref r0, ref r1, ref r2, ref r3, Order0, Order1, Order3);
        return new Scalar(r0, r1, r2, r3);
    }

    /// <summary>l − a, or zero for zero.</summary>
    internal static Scalar Negate(in Scalar a)
    {
        ulong r0 = SubtractWithBorrow(Order0, a.W0, 0, out ulong borrow);
        ulong r1 = SubtractWithBorrow(Order1, a.W1, borrow, out borrow);
        ulong r2 = SubtractWithBorrow(0, a.W2, borrow, out borrow);
        ulong r3 = SubtractWithBorrow(Order3, a.W3, borrow, out _);
        return SubtractOrderOnce(r0, r1, r2, r3);
    }

    /// <summary>Whether the value of four words is below l.</summary>
    internal static bool IsBelowOrder(ulong w0, ulong w1, ulong w2, ulong w3)
    {
        SubtractWithBorrow(w0, Order0, 0, out ulong borrow);
        SubtractWithBorrow(w1, Order1, borrow, out borrow);
        SubtractWithBorrow(w2, 0, borrow, out borrow);
        SubtractWithBorrow(w3, Order3, borrow, out borrow);
        return borrow != 0;
    }

    /// <summary>c times the part of x above bit 252, which fits <paramref name="highWords"/> words; result has two words more.</summary>
    private static void Fold(ReadOnlySpan<ulong> x, int highWords, Span<ulong> result)
    {
        result.Clear();
        for (int i = 0; i < highWords; i++)
        {
            ulong high = x[3 + i] >> 60;
            if (4 + i < x.Length) high |= x[4 + i] << 4;
            result[i] = Scalar.MultiplyAddWord(high, Order0, result[i], 0, out ulong carry);
            result[i + 1] = Scalar.MultiplyAddWord(high, Order1, result[i + 1], carry, out carry);
            result[i + 2] = carry;
        }
    }

    /// <summary>One word of x0 − x1 + x2 − x3 + added + carry, and the signed carry.</summary>
    private static ulong Combine(ulong x0, ulong x1, ulong x2, ulong x3, ulong added, long carry, out long carryOut)
    {
        Int128 sum = (Int128)x0 - x1 + x2 - x3 + added + carry;
        carryOut = (long)(sum >> 64);
        return (ulong)sum;
    }

    private static void SubtractIfNotBelow(ref ulong r0, ref ulong r1, ref ulong r2, ref ulong r3, ulong m0, ulong m1, ulong m3)
    {
        ulong d0 = SubtractWithBorrow(r0, m0, 0, out ulong borrow);
        ulong d1 = SubtractWithBorrow(r1, m1, borrow, out borrow);
        ulong d2 = SubtractWithBorrow(r2, 0, borrow, out borrow);
        ulong d3 = SubtractWithBorrow(r3, m3, borrow, out borrow);
        ulong keep = 0UL - borrow;
        r0 = d0 ^ (keep & (d0 ^ r0));
        r1 = d1 ^ (keep & (d1 ^ r1));
        r2 = d2 ^ (keep & (d2 ^ r2));
        r3 = d3 ^ (keep & (d3 ^ r3));
    }

    private static ulong SubtractWithBorrow(ulong a, ulong b, ulong borrow, out ulong borrowOut)
    {
        ulong difference = a - b;
        ulong result = difference - borrow;
        borrowOut = (a < b ? 1UL : 0) | (difference < borrow ? 1UL : 0);
        return result;
    }
}
