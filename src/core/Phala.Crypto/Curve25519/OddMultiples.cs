namespace Phala.Crypto.Curve25519;

/// <summary>A table of P, 3 P, … 15 P for wNAF of width 5. Variable time.</summary>
internal static class OddMultiples
{
    internal const int Width = 5;

    internal const int Count = 8;

    internal static void Fill(in EdwardsPoint point, Span<CachedPoint> multiples)
    {
        EdwardsPoint twice = point.Double();
        multiples[0] = CachedPoint.From(point);
        for (int i = 1; i < Count; i++) multiples[i] = CachedPoint.From(EdwardsPoint.Add(twice, multiples[i - 1]).ToExtended());
    }

    /// <summary>sum + digit · P; the digit is odd.</summary>
    internal static CompletedPoint AddDigit(in EdwardsPoint sum, ReadOnlySpan<CachedPoint> multiples, int digit) => digit > 0
        ? EdwardsPoint.Add(sum, multiples[digit / 2])
        : EdwardsPoint.Subtract(sum, multiples[-digit / 2]);
}
