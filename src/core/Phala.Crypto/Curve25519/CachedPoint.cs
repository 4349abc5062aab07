namespace Phala.Crypto.Curve25519;

/// <summary>A curve point prepared for additions: Y + X, Y − X, Z and 2 d T. Coordinates are loose; the default value is no point.</summary>
internal readonly struct CachedPoint(in FieldElement yPlusX, in FieldElement yMinusX, in FieldElement z, in FieldElement t2d)
{
    internal readonly FieldElement YPlusX = yPlusX, YMinusX = yMinusX, Z = z, T2D = t2d;

    internal static CachedPoint Identity => new(FieldElement.One, FieldElement.One, FieldElement.One, FieldElement.Zero);

    internal static CachedPoint From(in EdwardsPoint p) =>
        new(FieldElement.AddLoose(p.Y, p.X), FieldElement.SubtractLoose(p.Y, p.X), p.Z, p.T * FieldConstants.D2);

    /// <summary>−P if the mask is all ones, P if it is zero.</summary>
    internal static CachedPoint ConditionalNegate(ulong mask, in CachedPoint p) => new(
        FieldElement.Select(mask, p.YPlusX, p.YMinusX),
        FieldElement.Select(mask, p.YMinusX, p.YPlusX),
        p.Z,
        FieldElement.ConditionalNegate(mask, p.T2D));

    internal static CachedPoint Select(ulong mask, in CachedPoint whenZero, in CachedPoint whenOnes) => new(
        FieldElement.Select(mask, whenZero.YPlusX, whenOnes.YPlusX),
        FieldElement.Select(mask, whenZero.YMinusX, whenOnes.YMinusX),
        FieldElement.Select(mask, whenZero.Z, whenOnes.Z),
        FieldElement.Select(mask, whenZero.T2D, whenOnes.T2D));
}
