namespace Phala.Crypto.Secp256k1;

/// <summary>
/// A point (X/Z, Y/Z) under the complete addition of Renes, Costello and Batina (2015, algorithm 8): one formula without exceptions,
/// so that sums of secret multiples take the same steps whatever they are. Coordinates have magnitude 1; infinity is (0, 1, 0).
/// </summary>
internal readonly struct ProjectivePoint(FieldElement x, FieldElement y, FieldElement z)
{
    /// <summary>3·b for the curve's b = 7.</summary>
    private const uint ThriceB = 21;

    private readonly FieldElement _x = x;
    private readonly FieldElement _y = y;
    private readonly FieldElement _z = z;

    public static ProjectivePoint Infinity => new(FieldElement.Zero, FieldElement.One, FieldElement.Zero);

    /// <summary>The sum with a point, which may equal this one or be its negative.</summary>
    public ProjectivePoint Add(in AffinePoint other)
    {
        FieldElement xx = _x * other.X, yy = _y * other.Y;
        FieldElement xy = ((_x + _y) * (other.X + other.Y)) + (xx + yy).Negate(2);
        FieldElement yz = (other.Y * _z) + _y;
        FieldElement xz = ((other.X * _z) + _x).Times(ThriceB).Reduce();
        FieldElement bz = _z.Times(ThriceB).Reduce();
        FieldElement plus = yy + bz, minus = yy + bz.Negate(1), xx3 = xx.Times(3);
        return new ProjectivePoint(
            ((xy * minus) + (yz * xz).Negate(1)).Reduce(),
            ((minus * plus) + (xz * xx3)).Reduce(),
            ((plus * yz) + (xx3 * xy)).Reduce());
    }

    /// <summary>One of two: <paramref name="b"/> where the mask is all ones, <paramref name="a"/> where it is zero.</summary>
    public static ProjectivePoint Select(ulong mask, in ProjectivePoint a, in ProjectivePoint b) =>
        new(FieldElement.Select(mask, a._x, b._x), FieldElement.Select(mask, a._y, b._y), FieldElement.Select(mask, a._z, b._z));

    /// <summary>The coordinates of a point that is not infinity.</summary>
    public AffinePoint ToAffine()
    {
        FieldElement inverse = _z.Invert();
        return new AffinePoint(_x * inverse, _y * inverse);
    }
}
