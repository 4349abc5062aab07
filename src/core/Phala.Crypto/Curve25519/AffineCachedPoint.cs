namespace Phala.Crypto.Curve25519;

/// <summary>A curve point with Z = 1 prepared for additions: y + x, y − x and 2 d x y, all tight. The default value is no point.</summary>
internal readonly struct AffineCachedPoint(in FieldElement yPlusX, in FieldElement yMinusX, in FieldElement xy2d)
{
    internal readonly FieldElement YPlusX = yPlusX, YMinusX = yMinusX, XY2D = xy2d;

    internal static AffineCachedPoint Identity => new(FieldElement.One, FieldElement.One, FieldElement.Zero);

    /// <summary>From a point and the inverse of its Z.</summary>
    internal static AffineCachedPoint From(in EdwardsPoint p, in FieldElement inverseZ)
    {
        FieldElement x = p.X * inverseZ;
        FieldElement y = p.Y * inverseZ;
        return new AffineCachedPoint(y + x, y - x, x * y * FieldConstants.D2);
    }

    /// <summary>−P if the mask is all ones, P if it is zero.</summary>
    internal static AffineCachedPoint ConditionalNegate(ulong mask, in AffineCachedPoint p) => new(
        FieldElement.Select(mask, p.YPlusX, p.YMinusX),
        FieldElement.Select(mask, p.YMinusX, p.YPlusX),
        FieldElement.ConditionalNegate(mask, p.XY2D));

    internal static AffineCachedPoint Select(ulong mask, in AffineCachedPoint whenZero, in AffineCachedPoint whenOnes) => new(
        FieldElement.Select(mask, whenZero.YPlusX, whenOnes.YPlusX),
        FieldElement.Select(mask, whenZero.YMinusX, whenOnes.YMinusX),
        FieldElement.Select(mask, whenZero.XY2D, whenOnes.XY2D));
}
