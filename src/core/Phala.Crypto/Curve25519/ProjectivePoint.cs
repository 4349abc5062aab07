namespace Phala.Crypto.Curve25519;

/// <summary>A curve point as x = X/Z, y = Y/Z: all that a doubling needs. Coordinates are tight.</summary>
internal readonly struct ProjectivePoint(in FieldElement x, in FieldElement y, in FieldElement z)
{
    internal readonly FieldElement X = x, Y = y, Z = z;

    /// <summary>2 P by the dedicated doubling of Hisil, Wong, Carter and Dawson (2008, §3.3) for a = −1: four squares. Constant time.</summary>
    internal CompletedPoint Double()
    {
        FieldElement xx = X.Square();
        FieldElement yy = Y.Square();
        FieldElement zz = Z.Square();
        FieldElement sum = FieldElement.AddLoose(X, Y).Square();
        FieldElement y3 = FieldElement.AddLoose(yy, xx);
        FieldElement z3 = FieldElement.SubtractLoose(yy, xx);
        return new CompletedPoint(sum - y3, y3, z3, FieldElement.AddLoose(zz, zz) - z3);
    }
}
