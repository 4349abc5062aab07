namespace Phala.Crypto.Secp256k1;

/// <summary>A point of the curve y² = x³ + 7 that is not the point at infinity. Coordinates have magnitude 1.</summary>
internal readonly struct AffinePoint(FieldElement x, FieldElement y)
{
    /// <summary>The x coordinate.</summary>
    public readonly FieldElement X = x;

    /// <summary>The y coordinate.</summary>
    public readonly FieldElement Y = y;

    /// <summary>The base point of SEC 2, §2.4.1.</summary>
    public static AffinePoint Generator => new(
        FieldElement.FromWords(0x59F2815B16F81798, 0x029BFCDB2DCE28D9, 0x55A06295CE870B07, 0x79BE667EF9DCBBAC),
        FieldElement.FromWords(0x9C47D08FFB10D4B8, 0xFD17B448A6855419, 0x5DA4FBFC0E1108A8, 0x483ADA7726A3C465));

    /// <summary>The point with this x coordinate and an odd or even y coordinate, if there is one.</summary>
    /// <param name="x">Of magnitude 1.</param>
    /// <param name="odd">Whether y, below p, is odd.</param>
    /// <param name="point">The point.</param>
    public static bool TryLift(in FieldElement x, bool odd, out AffinePoint point)
    {
        bool exists = Cubic(x).TrySquareRoot(out FieldElement y);
        if (y.IsOdd() != odd) y = y.Negate(1).Reduce();
        point = new AffinePoint(x, y);
        return exists;
    }

    /// <summary>Whether the coordinates fulfil the equation of the curve.</summary>
    public bool IsOnCurve() => Y.Square().Equals(Cubic(X));

    /// <summary>x³ + 7, of magnitude 1.</summary>
    private static FieldElement Cubic(in FieldElement x) => ((x.Square() * x) + new FieldElement(7, 0, 0, 0, 0)).Reduce();
}
