using System.Buffers;

namespace Phala.Crypto.Curve25519;

/// <summary>Straus's method: one chain of doublings for all points, non-adjacent forms of width 5 over eight odd multiples of each. Variable time.</summary>
internal static class StrausMultiplication
{
    internal static EdwardsPoint MultiplyVartime<TArithmetic, TSum, TTerm>(ReadOnlySpan<Scalar> scalars, ReadOnlySpan<EdwardsPoint> points)
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        int count = scalars.Length;
        sbyte[] digits = ArrayPool<sbyte>.Shared.Rent(count * ScalarRecoding.NafDigits);
        TTerm[] multiples = ArrayPool<TTerm>.Shared.Rent(count * OddMultiples.Count);
        int highest = -1;
        for (int i = 0; i < count; i++)
        {
            Span<sbyte> own = digits.AsSpan(i * ScalarRecoding.NafDigits, ScalarRecoding.NafDigits);
            highest = Math.Max(highest, ScalarRecoding.NonAdjacentForm(scalars[i], OddMultiples.Width, own));
            OddMultiples.Fill<TArithmetic, TSum, TTerm>(points[i], multiples.AsSpan(i * OddMultiples.Count, OddMultiples.Count));
        }

        TSum sum = TArithmetic.FromExtended(EdwardsPoint.Identity);
        for (int position = highest; position >= 0; position--)
        {
            TArithmetic.Double(ref sum, 1);
            for (int i = 0; i < count; i++)
            {
                int digit = digits[(i * ScalarRecoding.NafDigits) + position];
                if (digit == 0) continue;
                OddMultiples.AddDigit<TArithmetic, TSum, TTerm>(ref sum, multiples.AsSpan(i * OddMultiples.Count, OddMultiples.Count), digit);
            }
        }

        ArrayPool<TTerm>.Shared.Return(multiples);
        ArrayPool<sbyte>.Shared.Return(digits);
        return TArithmetic.ToExtended(sum);
    }
}
