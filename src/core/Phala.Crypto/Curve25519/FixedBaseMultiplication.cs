using Phala.Crypto.Curve25519.FourLane;

namespace Phala.Crypto.Curve25519;

/// <summary>
/// scalar · B from a table of 32 rows of 8 multiples: with signed radix-16 digits, the odd ones first, 64 additions and four doublings.
/// Constant time: every row is read whole, the wanted entry chosen by masks, and the number of steps is fixed.
/// </summary>
internal static class FixedBaseMultiplication
{
    internal static EdwardsPoint Multiply(in Scalar scalar) => FourLaneArithmetic.IsSupported
        ? Multiply<FourLaneArithmetic, ParallelPoint, ParallelCachedPoint>(scalar)
        : Multiply<PortableArithmetic, EdwardsPoint, CachedPoint>(scalar);

    internal static EdwardsPoint Multiply<TArithmetic, TSum, TTerm>(in Scalar scalar)
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        Span<sbyte> digits = stackalloc sbyte[ScalarRecoding.Radix16Digits];
        ScalarRecoding.SignedRadix16(scalar, digits);

        TSum sum = TArithmetic.FromExtended(EdwardsPoint.Identity);
        AddDigits<TArithmetic, TSum, TTerm>(ref sum, digits, first: 1);
        TArithmetic.Double(ref sum, 4);
        AddDigits<TArithmetic, TSum, TTerm>(ref sum, digits, first: 0);
        digits.Clear();
        return TArithmetic.ToExtended(sum);
    }

    private static void AddDigits<TArithmetic, TSum, TTerm>(ref TSum sum, ReadOnlySpan<sbyte> digits, int first)
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        ReadOnlySpan<TTerm> rows = TArithmetic.BaseRadix256;
        for (int i = first; i < ScalarRecoding.Radix16Digits; i += 2)
        {
            TArithmetic.Lookup(rows.Slice(i / 2 * BaseTable.RowLength, BaseTable.RowLength), digits[i], out TTerm term);
            TArithmetic.Add(ref sum, term);
        }
    }
}
