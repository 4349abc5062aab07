namespace Phala.Crypto.Secp256k1;

/// <summary>Multiples of the generator by secret scalars.</summary>
/// <remarks>
/// The table holds d·16^i·G for each digit d of each of the 64 places i. Every entry of a place is read for every digit and the right one kept by masks;
/// a digit of zero adds a point too and drops the sum. No branch and no address depends on the scalar.
/// </remarks>
internal static class BaseMultiplication
{
    private const int Places = 64;
    private const int Digits = 16;

    private static readonly AffinePoint[] Table = MakeTable();

    /// <summary>scalar·G; the scalar is not zero.</summary>
    public static AffinePoint Multiply(in Scalar scalar)
    {
        ProjectivePoint sum = ProjectivePoint.Infinity;
        for (int place = 0; place < Places; place++)
        {
            ulong digit = scalar.Nibble(place);
            ProjectivePoint next = sum.Add(Lookup(place, digit));
            sum = ProjectivePoint.Select(IsEqual(digit, 0), next, sum);
        }

        return sum.ToAffine();
    }

    private static AffinePoint Lookup(int place, ulong digit)
    {
        ReadOnlySpan<AffinePoint> entries = Table.AsSpan(Digits * place, Digits);
        FieldElement x = entries[0].X, y = entries[0].Y;
        for (int entry = 1; entry < Digits; entry++)
        {
            ulong mask = IsEqual(digit, (ulong)entry);
            x = FieldElement.Select(mask, x, entries[entry].X);
            y = FieldElement.Select(mask, y, entries[entry].Y);
        }

        return new AffinePoint(x, y);
    }

    /// <summary>All ones where two small numbers are equal, else zero.</summary>
    private static ulong IsEqual(ulong a, ulong b) => 0 - (((a ^ b) - 1) >> 63);

    private static AffinePoint[] MakeTable()
    {
        JacobianPoint[] points = new JacobianPoint[Places * Digits];
        AffinePoint unit = AffinePoint.Generator;
        for (int place = 0; place < Places; place++)
        {
            // Entry 0 is never used as a sum; it stands for a point so that the formula has one to add.
            points[Digits * place] = points[(Digits * place) + 1] = JacobianPoint.From(unit);
            for (int digit = 2; digit < Digits; digit++) points[(Digits * place) + digit] = points[(Digits * place) + digit - 1].Add(unit);
            _ = points[(Digits * place) + Digits - 1].Add(unit).TryGetAffine(out unit);
        }

        return JacobianBatch.ToAffine(points);
    }
}
