using Phala.Crypto.Curve25519.FourLane;

namespace Phala.Crypto.Curve25519;

/// <summary>a · A + b · B with shared doublings: non-adjacent forms of width 5 over eight odd multiples of A, of width 8 over 64 of B. Variable time.</summary>
internal static class DoubleBaseMultiplication
{
    internal static EdwardsPoint MultiplyVartime(in Scalar a, in EdwardsPoint pointA, in Scalar b) => FourLaneArithmetic.IsSupported
        ? MultiplyVartime<FourLaneArithmetic, ParallelPoint, ParallelCachedPoint>(a, pointA, b)
        : MultiplyVartime<PortableArithmetic, EdwardsPoint, CachedPoint>(a, pointA, b);

    internal static EdwardsPoint MultiplyVartime<TArithmetic, TSum, TTerm>(in Scalar a, in EdwardsPoint pointA, in Scalar b)
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        Span<sbyte> digitsA = stackalloc sbyte[ScalarRecoding.NafDigits];
        Span<sbyte> digitsB = stackalloc sbyte[ScalarRecoding.NafDigits];
        int highestA = ScalarRecoding.NonAdjacentForm(a, OddMultiples.Width, digitsA);
        int highestB = ScalarRecoding.NonAdjacentForm(b, BaseTable.OddWidth, digitsB);
        Span<TTerm> multiplesA = stackalloc TTerm[OddMultiples.Count];
        OddMultiples.Fill<TArithmetic, TSum, TTerm>(pointA, multiplesA);

        TSum sum = TArithmetic.FromExtended(EdwardsPoint.Identity);
        int doublings = 0;
        for (int i = Math.Max(highestA, highestB); i >= 0; i--)
        {
            doublings++;
            if ((digitsA[i] | digitsB[i]) == 0) continue;
            TArithmetic.Double(ref sum, doublings);
            doublings = 0;
            if (digitsA[i] != 0) OddMultiples.AddDigit<TArithmetic, TSum, TTerm>(ref sum, multiplesA, digitsA[i]);
            if (digitsB[i] != 0) OddMultiples.AddDigit<TArithmetic, TSum, TTerm>(ref sum, TArithmetic.BaseOddMultiples, digitsB[i]);
        }

        if (doublings > 0) TArithmetic.Double(ref sum, doublings);
        return TArithmetic.ToExtended(sum);
    }
}
