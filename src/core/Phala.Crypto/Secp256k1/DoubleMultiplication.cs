using System.Runtime.CompilerServices;

namespace Phala.Crypto.Secp256k1;

/// <summary>a·G + b·P in variable time, for verification and recovery: four interleaved non-adjacent forms of 128 bits share one chain of doublings.</summary>
internal static class DoubleMultiplication
{
    private const int BaseWidth = 10;
    private const int PointWidth = 5;
    private const int PointEntries = 1 << (PointWidth - 2);

    /// <summary>G, 3G, 5G, … and after them the same times λ.</summary>
    private static readonly AffinePoint[] BaseTable = MakeBaseTable();

    /// <summary>a·G + b·P.</summary>
    [SkipLocalsInit]
    public static JacobianPoint Multiply(in Scalar a, in Scalar b, in AffinePoint point)
    {
        Endomorphism.Split(a, out SignedScalar a1, out SignedScalar a2);
        Endomorphism.Split(b, out SignedScalar b1, out SignedScalar b2);
        Span<short> digits = stackalloc short[4 * SignedScalar.MaxDigits];
        Span<short> digitsA1 = digits[..SignedScalar.MaxDigits], digitsA2 = digits.Slice(SignedScalar.MaxDigits, SignedScalar.MaxDigits);
        Span<short> digitsB1 = digits.Slice(2 * SignedScalar.MaxDigits, SignedScalar.MaxDigits), digitsB2 = digits.Slice(3 * SignedScalar.MaxDigits, SignedScalar.MaxDigits);
        int length = Math.Max(
            Math.Max(a1.WriteDigits(BaseWidth, digitsA1), a2.WriteDigits(BaseWidth, digitsA2)),
            Math.Max(b1.WriteDigits(PointWidth, digitsB1), b2.WriteDigits(PointWidth, digitsB2)));

        Span<JacobianPoint> table = stackalloc JacobianPoint[2 * PointEntries];
        FillTable(point, table);
        ReadOnlySpan<AffinePoint> baseTable = BaseTable;
        JacobianPoint sum = JacobianPoint.Infinity;
        for (int at = length - 1; at >= 0; at--)
        {
            sum = sum.Double();
            if (digitsA1[at] != 0) sum = Add(sum, baseTable[..(baseTable.Length / 2)], digitsA1[at]);
            if (digitsA2[at] != 0) sum = Add(sum, baseTable[(baseTable.Length / 2)..], digitsA2[at]);
            if (digitsB1[at] != 0) sum = Add(sum, table[..PointEntries], digitsB1[at]);
            if (digitsB2[at] != 0) sum = Add(sum, table[PointEntries..], digitsB2[at]);
        }

        return sum;
    }

    private static JacobianPoint Add(in JacobianPoint sum, ReadOnlySpan<AffinePoint> odds, int digit)
    {
        ref readonly AffinePoint entry = ref odds[Math.Abs(digit) >> 1];
        return sum.Add(digit > 0 ? entry : new AffinePoint(entry.X, entry.Y.Negate(1).Reduce()));
    }

    private static JacobianPoint Add(in JacobianPoint sum, ReadOnlySpan<JacobianPoint> odds, int digit)
    {
        ref readonly JacobianPoint entry = ref odds[Math.Abs(digit) >> 1];
        return sum.Add(digit > 0 ? entry : entry.Negate());
    }

    /// <summary>P, 3P, 5P, … and after them the same times λ.</summary>
    private static void FillTable(in AffinePoint point, Span<JacobianPoint> table)
    {
        table[0] = JacobianPoint.From(point);
        JacobianPoint twice = table[0].Double();
        FieldElement beta = Endomorphism.Beta;
        for (int entry = 0; entry < PointEntries; entry++)
        {
            if (entry > 0) table[entry] = table[entry - 1].Add(twice);
            table[PointEntries + entry] = new JacobianPoint(table[entry].X * beta, table[entry].Y, table[entry].Z);
        }
    }

    private static AffinePoint[] MakeBaseTable()
    {
        JacobianPoint[] odds = new JacobianPoint[1 << (BaseWidth - 2)];
        odds[0] = JacobianPoint.From(AffinePoint.Generator);
        JacobianPoint twice = odds[0].Double();
        for (int entry = 1; entry < odds.Length; entry++) odds[entry] = odds[entry - 1].Add(twice);

        AffinePoint[] plain = JacobianBatch.ToAffine(odds);
        FieldElement beta = Endomorphism.Beta;
        return [.. plain, .. plain.Select(point => new AffinePoint((point.X * beta).Normalize(), point.Y))];
    }
}
