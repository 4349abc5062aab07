namespace Phala.Crypto.Curve25519;

/// <summary>
/// scalar · P from a table of P, 2 P, … 8 P: with signed radix-16 digits, four doublings and one addition for each of 64 digits.
/// Constant time: the table is always read whole, the wanted entry chosen by masks, and the number of steps is fixed.
/// </summary>
internal static class VariableBaseMultiplication
{
    private const int TableLength = 8;

    internal static EdwardsPoint Multiply(in Scalar scalar, in EdwardsPoint point)
    {
        Span<sbyte> digits = stackalloc sbyte[ScalarRecoding.Radix16Digits];
        ScalarRecoding.SignedRadix16(scalar, digits);
        Span<CachedPoint> multiples = stackalloc CachedPoint[TableLength];
        multiples[0] = CachedPoint.From(point);
        for (int i = 1; i < TableLength; i++) multiples[i] = CachedPoint.From(EdwardsPoint.Add(point, multiples[i - 1]).ToExtended());

        EdwardsPoint sum = EdwardsPoint.Identity;
        for (int i = ScalarRecoding.Radix16Digits - 1; i >= 0; i--)
        {
            sum = sum.ToProjective().Double().ToProjective().Double().ToProjective().Double().ToProjective().Double().ToExtended();
            sum = EdwardsPoint.Add(sum, Lookup(multiples, digits[i])).ToExtended();
        }

        digits.Clear();
        return sum;
    }

    /// <summary>digit · P from P, 2 P, … 8 P, −8 ≤ digit ≤ 8; all entries are read.</summary>
    private static CachedPoint Lookup(ReadOnlySpan<CachedPoint> multiples, sbyte digit)
    {
        int sign = digit >> 31;
        ulong absolute = (ulong)((digit ^ sign) - sign);
        CachedPoint result = CachedPoint.Identity;
        for (int i = 0; i < multiples.Length; i++)
        {
            result = CachedPoint.Select(ConstantTime.EqualMask(absolute, (ulong)i + 1), result, multiples[i]);
        }

        return CachedPoint.ConditionalNegate((ulong)(long)sign, result);
    }
}
