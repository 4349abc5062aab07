namespace Phala.Crypto.Secp256k1;

/// <summary>Many points brought to affine coordinates with one inversion (Montgomery's trick).</summary>
internal static class JacobianBatch
{
    /// <summary>The coordinates of points none of which is infinity, normalized.</summary>
    public static AffinePoint[] ToAffine(ReadOnlySpan<JacobianPoint> points)
    {
        FieldElement[] products = new FieldElement[points.Length + 1];
        products[0] = FieldElement.One;
        for (int index = 0; index < points.Length; index++) products[index + 1] = products[index] * points[index].Z;

        AffinePoint[] result = new AffinePoint[points.Length];
        FieldElement inverse = products[^1].Invert();
        for (int index = points.Length - 1; index >= 0; index--)
        {
            FieldElement own = inverse * products[index], square = own.Square();
            result[index] = new AffinePoint((points[index].X * square).Normalize(), (points[index].Y * (square * own)).Normalize());
            inverse *= points[index].Z;
        }

        return result;
    }
}
