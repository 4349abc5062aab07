namespace Phala.Crypto.Curve25519;

/// <summary>Multiples of the base point, computed once at first use (about 0.1 ms): (k + 1) 256^i B for the fixed base, odd multiples for wNAF.</summary>
internal static class FixedBaseTable
{
    /// <summary>Rows of <see cref="Radix256"/>.</summary>
    internal const int Rows = 32;

    /// <summary>Points in a row of <see cref="Radix256"/>.</summary>
    internal const int RowLength = 8;

    /// <summary>Points of <see cref="OddMultiples"/>: up to 127 B, for wNAF of width 8.</summary>
    internal const int OddCount = 64;

    /// <summary>Row i, column k: (k + 1) · 256^i · B.</summary>
    internal static readonly AffineCachedPoint[] Radix256 = BuildRadix256();

    /// <summary>Entry k: (2 k + 1) · B.</summary>
    internal static readonly AffineCachedPoint[] OddMultiples = BuildOddMultiples();

    private static AffineCachedPoint[] BuildRadix256()
    {
        EdwardsPoint[] points = new EdwardsPoint[Rows * RowLength];
        EdwardsPoint rowBase = EdwardsPoint.BasePoint;
        for (int row = 0; row < Rows; row++)
        {
            EdwardsPoint multiple = rowBase;
            for (int column = 0; column < RowLength; column++)
            {
                points[(row * RowLength) + column] = multiple;
                multiple += rowBase;
            }

            // 8 · 256^i · B, doubled five times, is 256^(i + 1) · B.
            rowBase = points[(row * RowLength) + RowLength - 1];
            for (int i = 0; i < 5; i++) rowBase = rowBase.Double();
        }

        return ToAffine(points);
    }

    private static AffineCachedPoint[] BuildOddMultiples()
    {
        EdwardsPoint[] points = new EdwardsPoint[OddCount];
        EdwardsPoint twice = EdwardsPoint.BasePoint.Double();
        points[0] = EdwardsPoint.BasePoint;
        for (int i = 1; i < OddCount; i++) points[i] = points[i - 1] + twice;
        return ToAffine(points);
    }

    private static AffineCachedPoint[] ToAffine(EdwardsPoint[] points)
    {
        FieldElement[] inverses = new FieldElement[points.Length];
        for (int i = 0; i < points.Length; i++) inverses[i] = points[i].Z;
        FieldRoots.InvertAll(inverses, new FieldElement[points.Length]);

        AffineCachedPoint[] result = new AffineCachedPoint[points.Length];
        for (int i = 0; i < points.Length; i++) result[i] = AffineCachedPoint.From(points[i], inverses[i]);
        return result;
    }
}
