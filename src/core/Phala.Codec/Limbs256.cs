namespace Phala.Codec;

/// <summary>Multiplication and division of 256-bit integers by the schoolbook methods, on 32-bit limbs, least significant first.</summary>
internal static class Limbs256
{
    /// <summary>The limbs of one integer.</summary>
    internal const int Count = 8;

    private const int LimbBits = 32;

    /// <summary>The full product, in 16 limbs.</summary>
    internal static void Multiply(UInt256 left, UInt256 right, Span<uint> product)
    {
        Span<uint> a = stackalloc uint[Count], b = stackalloc uint[Count];
        Split(left, a);
        Split(right, b);
        product[..(2 * Count)].Clear();
        for (int i = 0; i < Count; i++)
        {
            ulong carry = 0;
            for (int j = 0; j < Count; j++)
            {
                carry += (ulong)a[i] * b[j] + product[i + j];
                product[i + j] = (uint)carry;
                carry >>= LimbBits;
            }

            product[i + Count] = (uint)carry;
        }
    }

    /// <summary>Quotient and remainder; the divisor is not zero.</summary>
    internal static (UInt256 Quotient, UInt256 Remainder) DivRem(UInt256 left, UInt256 right)
    {
        Span<uint> dividend = stackalloc uint[Count + 1], divisor = stackalloc uint[Count], quotient = stackalloc uint[Count];
        quotient.Clear();
        int shift = (256 - right.BitLength) % LimbBits;
        int length = (right.BitLength + LimbBits - 1) / LimbBits;
        Split(right, divisor);
        ShiftLeft(divisor, shift);
        Split(left, dividend);
        dividend[Count] = 0;
        ShiftLeft(dividend, shift);

        for (int at = Count - length; at >= 0; at--) quotient[at] = NextDigit(dividend.Slice(at, length + 1), divisor[..length]);

        ShiftRight(dividend, shift);
        return (ToValue(quotient), ToValue(dividend));
    }

    /// <summary>The integer in the first 8 limbs.</summary>
    internal static UInt256 ToValue(ReadOnlySpan<uint> limbs) =>
        new(new UInt128(Pair(limbs, 6), Pair(limbs, 4)), new UInt128(Pair(limbs, 2), Pair(limbs, 0)));

    /// <summary>
    /// One step of Knuth's algorithm D (The Art of Computer Programming, 4.3.1): estimates a digit from the leading limbs, subtracts that
    /// multiple of the divisor, and corrects the estimate, which is at most one too large after the test against the second limb.
    /// </summary>
    private static uint NextDigit(Span<uint> dividend, ReadOnlySpan<uint> divisor)
    {
        int top = divisor.Length - 1;
        ulong leading = ((ulong)dividend[top + 1] << LimbBits) | dividend[top];
        ulong digit = Math.Min(leading / divisor[top], uint.MaxValue);
        if (top > 0)
        {
            UInt128 three = ((UInt128)leading << LimbBits) | dividend[top - 1];
            UInt128 two = ((ulong)divisor[top] << LimbBits) | divisor[top - 1];
            while (two * digit > three) digit--;
        }

        if (!SubtractMultiple(dividend, divisor, (uint)digit)) return (uint)digit;
        AddBack(dividend, divisor);
        return (uint)digit - 1;
    }

    private static bool SubtractMultiple(Span<uint> dividend, ReadOnlySpan<uint> divisor, uint digit)
    {
        ulong carry = 0;
        long borrow = 0;
        for (int at = 0; at < divisor.Length; at++)
        {
            carry += (ulong)divisor[at] * digit;
            borrow += (long)dividend[at] - (uint)carry;
            dividend[at] = unchecked((uint)borrow);
            borrow >>= LimbBits;
            carry >>= LimbBits;
        }

        borrow += dividend[divisor.Length] - (long)carry;
        dividend[divisor.Length] = unchecked((uint)borrow);
        return borrow < 0;
    }

    private static void AddBack(Span<uint> dividend, ReadOnlySpan<uint> divisor)
    {
        ulong carry = 0;
        for (int at = 0; at < divisor.Length; at++)
        {
            carry += (ulong)dividend[at] + divisor[at];
            dividend[at] = (uint)carry;
            carry >>= LimbBits;
        }

        dividend[divisor.Length] = unchecked(dividend[divisor.Length] + (uint)carry);
    }

    private static void Split(UInt256 value, Span<uint> limbs)
    {
        for (int at = 0; at < Count / 2; at++)
        {
            limbs[at] = (uint)(value.Lower >> (LimbBits * at) & uint.MaxValue);
            limbs[at + Count / 2] = (uint)(value.Upper >> (LimbBits * at) & uint.MaxValue);
        }
    }

    private static ulong Pair(ReadOnlySpan<uint> limbs, int at) => ((ulong)limbs[at + 1] << LimbBits) | limbs[at];

    private static void ShiftLeft(Span<uint> limbs, int bits)
    {
        if (bits == 0) return;
        for (int at = limbs.Length - 1; at > 0; at--) limbs[at] = (limbs[at] << bits) | (limbs[at - 1] >> (LimbBits - bits));
        limbs[0] <<= bits;
    }

    private static void ShiftRight(Span<uint> limbs, int bits)
    {
        if (bits == 0) return;
        for (int at = 0; at < limbs.Length - 1; at++) limbs[at] = (limbs[at] >> bits) | (limbs[at + 1] << (LimbBits - bits));
        limbs[^1] >>= bits;
    }
}
