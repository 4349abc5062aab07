using System.Buffers;

namespace Phala.Crypto.Curve25519;

/// <summary>Straus's method: one chain of doublings for all points, wNAF of width 5 over eight odd multiples of each. Variable time.</summary>
internal static class StrausMultiplication
{
    internal static EdwardsPoint MultiplyVartime(ReadOnlySpan<Scalar> scalars, ReadOnlySpan<EdwardsPoint> points)
    {
        int count = scalars.Length;
        sbyte[] digits = ArrayPool<sbyte>.Shared.Rent(count * ScalarRecoding.NafDigits);
        CachedPoint[] multiples = ArrayPool<CachedPoint>.Shared.Rent(count * OddMultiples.Count);
        int highest = -1;
        for (int i = 0; i < count; i++)
        {
            Span<sbyte> own = digits.AsSpan(i * ScalarRecoding.NafDigits, ScalarRecoding.NafDigits);
            highest = Math.Max(highest, ScalarRecoding.NonAdjacentForm(scalars[i], OddMultiples.Width, own));
            OddMultiples.Fill(points[i], multiples.AsSpan(i * OddMultiples.Count, OddMultiples.Count));
        }

        EdwardsPoint sum = EdwardsPoint.Identity;
        for (int position = highest; position >= 0; position--)
        {
            sum = sum.Double();
            for (int i = 0; i < count; i++)
            {
                int digit = digits[(i * ScalarRecoding.NafDigits) + position];
                if (digit != 0) sum = OddMultiples.AddDigit(sum, multiples.AsSpan(i * OddMultiples.Count, OddMultiples.Count), digit).ToExtended();
            }
        }

        ArrayPool<CachedPoint>.Shared.Return(multiples);
        ArrayPool<sbyte>.Shared.Return(digits);
        return sum;
    }
}
