namespace Phala.Crypto.Curve25519;

/// <summary>
/// A curve point as x = X/Z, y = Y/T: what additions and doublings give before the multiplications that their next use needs. Coordinates are loose.
/// </summary>
internal readonly struct CompletedPoint(in FieldElement x, in FieldElement y, in FieldElement z, in FieldElement t)
{
    internal readonly FieldElement X = x, Y = y, Z = z, T = t;

    internal ProjectivePoint ToProjective() => new(X * T, Y * Z, Z * T);

    internal EdwardsPoint ToExtended() => new(X * T, Y * Z, Z * T, X * Y);
}
