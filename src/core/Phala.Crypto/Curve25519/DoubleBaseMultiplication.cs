namespace Phala.Crypto.Curve25519;

/// <summary>a · A + b · B with shared doublings: wNAF of width 5 over eight odd multiples of A, of width 8 over 64 odd multiples of B. Variable time.</summary>
internal static class DoubleBaseMultiplication
{
    private const int WidthA = 5, WidthB = 8;

    internal static EdwardsPoint MultiplyVartime(in Scalar a, in EdwardsPoint pointA, in Scalar b)
    {
        Span<sbyte> digitsA = stackalloc sbyte[ScalarRecoding.NafDigits];
        Span<sbyte> digitsB = stackalloc sbyte[ScalarRecoding.NafDigits];
        int highest = Math.Max(
            ScalarRecoding.NonAdjacentForm(a, WidthA, digitsA), ScalarRecoding.NonAdjacentForm(b, WidthB, digitsB));
        Span<CachedPoint> multiplesA = stackalloc CachedPoint[OddMultiples.Count];
        OddMultiples.Fill(pointA, multiplesA);

        EdwardsPoint sum = EdwardsPoint.Identity;
        for (int i = highest; i >= 0; i--)
        {
            CompletedPoint doubled = sum.ToProjective().Double();
            sum = (digitsA[i] | digitsB[i]) == 0 && i > 0 ? WithoutT(doubled) : doubled.ToExtended();
            if (digitsA[i] != 0) sum = OddMultiples.AddDigit(sum, multiplesA, digitsA[i]).ToExtended();
            if (digitsB[i] != 0) sum = AddDigit(sum, digitsB[i]).ToExtended();
        }

        return sum;
    }

    /// <summary>The next step is a doubling, which does not read T.</summary>
    private static EdwardsPoint WithoutT(in CompletedPoint p) => new(p.X * p.T, p.Y * p.Z, p.Z * p.T, FieldElement.Zero);

    private static CompletedPoint AddDigit(in EdwardsPoint sum, int digit) => digit > 0
        ? EdwardsPoint.Add(sum, FixedBaseTable.OddMultiples[digit / 2])
        : EdwardsPoint.Subtract(sum, FixedBaseTable.OddMultiples[-digit / 2]);
}
