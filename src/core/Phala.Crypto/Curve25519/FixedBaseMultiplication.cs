using System.Runtime.InteropServices;

namespace Phala.Crypto.Curve25519;

/// <summary>
/// scalar · B from a table of 32 rows of 8 multiples: with signed radix-16 digits, the odd ones first, 64 additions and four doublings.
/// Constant time: every row is read whole, the wanted entry chosen by masks, and the number of steps is fixed.
/// </summary>
internal static class FixedBaseMultiplication
{
    internal static EdwardsPoint Multiply(in Scalar scalar)
    {
        Span<sbyte> digits = stackalloc sbyte[ScalarRecoding.Radix16Digits];
        ScalarRecoding.SignedRadix16(scalar, digits);

        EdwardsPoint sum = AddDigits(EdwardsPoint.Identity, digits, first: 1);
        sum = sum.ToProjective().Double().ToProjective().Double().ToProjective().Double().ToProjective().Double().ToExtended();
        sum = AddDigits(sum, digits, first: 0);
        MemoryMarshal.AsBytes(digits).Clear();
        return sum;
    }

    private static EdwardsPoint AddDigits(EdwardsPoint sum, ReadOnlySpan<sbyte> digits, int first)
    {
        for (int i = first; i < ScalarRecoding.Radix16Digits; i += 2)
        {
            AffineCachedPoint term = Lookup(FixedBaseTable.Radix256.AsSpan(i / 2 * FixedBaseTable.RowLength, FixedBaseTable.RowLength), digits[i]);
            sum = EdwardsPoint.Add(sum, term).ToExtended();
        }

        return sum;
    }

    /// <summary>digit · P from P, 2 P, … 8 P, −8 ≤ digit ≤ 8; all entries are read.</summary>
    private static AffineCachedPoint Lookup(ReadOnlySpan<AffineCachedPoint> multiples, sbyte digit)
    {
        int sign = digit >> 31;
        ulong absolute = (ulong)((digit ^ sign) - sign);
        AffineCachedPoint result = AffineCachedPoint.Identity;
        for (int i = 0; i < multiples.Length; i++)
        {
            result = AffineCachedPoint.Select(ConstantTime.EqualMask(absolute, (ulong)i + 1), result, multiples[i]);
        }

        return AffineCachedPoint.ConditionalNegate((ulong)(long)sign, result);
    }
}
