namespace Phala.Crypto.Curve25519;

/// <summary>Multiples of the base point, computed once at first use (about 0.1 ms), with Z = 1 so that every form of them is small.</summary>
internal static class BaseTable
{
    /// <summary>Rows of <see cref="Radix256"/>: one for each byte of a scalar.</summary>
    internal const int Rows = 32;

    /// <summary>Points in a row of <see cref="Radix256"/>.</summary>
    internal const int RowLength = 8;

    /// <summary>The width of the non-adjacent form that <see cref="OddMultiples"/> serves.</summary>
    internal const int OddWidth = 8;

    /// <summary>Row i, column k: (k + 1) · 256^i · B.</summary>
    internal static EdwardsPoint[] Radix256()
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

        return points;
    }

    /// <summary>Entry k: (2 k + 1) · B.</summary>
    internal static EdwardsPoint[] OddMultiples()
    {
        EdwardsPoint[] points = new EdwardsPoint[1 << (OddWidth - 2)];
        EdwardsPoint twice = EdwardsPoint.BasePoint.Double();
        points[0] = EdwardsPoint.BasePoint;
        for (int i = 1; i < points.Length; i++) points[i] = points[i - 1] + twice;
        return points;
    }

    internal static TTerm[] Prepare<TArithmetic, TSum, TTerm>(EdwardsPoint[] points)
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        FieldElement[] inverses = [.. points.Select(point => point.Z)];
        FieldRoots.InvertAll(inverses, new FieldElement[points.Length]);
        TTerm[] result = new TTerm[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            FieldElement x = points[i].X * inverses[i];
            FieldElement y = points[i].Y * inverses[i];
            result[i] = TArithmetic.Prepare(TArithmetic.FromExtended(new EdwardsPoint(x, y, FieldElement.One, x * y)));
        }

        return result;
    }
}
