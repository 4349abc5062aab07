using Phala.Crypto.Curve25519.FourLane;

namespace Phala.Crypto.Curve25519;

/// <summary>
/// scalar · P from a table of P, 2 P, … 8 P: with signed radix-16 digits, four doublings and one addition for each of 64 digits.
/// Constant time: the table is always read whole, the wanted entry chosen by masks, and the number of steps is fixed.
/// </summary>
internal static class VariableBaseMultiplication
{
    private const int TableLength = 8;

    internal static EdwardsPoint Multiply(in Scalar scalar, in EdwardsPoint point) => FourLaneArithmetic.IsSupported
        ? Multiply<FourLaneArithmetic, ParallelPoint, ParallelCachedPoint>(scalar, point)
        : Multiply<PortableArithmetic, EdwardsPoint, CachedPoint>(scalar, point);

    internal static EdwardsPoint Multiply<TArithmetic, TSum, TTerm>(in Scalar scalar, in EdwardsPoint point)
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        Span<sbyte> digits = stackalloc sbyte[ScalarRecoding.Radix16Digits];
        ScalarRecoding.SignedRadix16(scalar, digits);
        TSum sum = TArithmetic.FromExtended(point);
        Span<TTerm> multiples = stackalloc TTerm[TableLength];
        multiples[0] = TArithmetic.Prepare(sum);
        for (int i = 1; i < TableLength; i++)
        {
            TArithmetic.Add(ref sum, multiples[0]);
            multiples[i] = TArithmetic.Prepare(sum);
        }

        sum = TArithmetic.FromExtended(EdwardsPoint.Identity);
        for (int i = ScalarRecoding.Radix16Digits - 1; i >= 0; i--)
        {
            TArithmetic.Double(ref sum, 4);
            TArithmetic.Lookup(multiples, digits[i], out TTerm term);
            TArithmetic.Add(ref sum, term);
        }

        digits.Clear();
        return TArithmetic.ToExtended(sum);
    }
}
