namespace Phala.Crypto.Curve25519;

/// <summary>Encodings of ristretto255 elements, RFC 9496 §4.3.1 and §4.3.2. Constant time, but for the verdict of decoding.</summary>
internal static class RistrettoEncoding
{
    internal static void Encode(in EdwardsPoint p, Span<byte> destination)
    {
        FieldElement u1 = (p.Z + p.Y) * (p.Z - p.Y);
        FieldElement u2 = p.X * p.Y;
        FieldRoots.SqrtRatioM1(FieldElement.One, u1 * u2.Square(), out FieldElement inverseRoot);
        Encode(p, u1, u2, inverseRoot, destination);
    }

    internal static bool TryDecode(ReadOnlySpan<byte> bytes, out EdwardsPoint point)
    {
        RistrettoRadicand radicand = new(bytes);
        return radicand.TryFinish(FieldRoots.Pow22523(FieldRoots.PowerBase(FieldElement.One, radicand.Denominator)), out point);
    }

    /// <summary>Encoding after the root: chooses, of the coset's points, the one whose coordinates have the signs that make the encoding unique.</summary>
    private static void Encode(in EdwardsPoint p, in FieldElement u1, in FieldElement u2, in FieldElement inverseRoot, Span<byte> destination)
    {
        FieldElement den1 = inverseRoot * u1;
        FieldElement den2 = inverseRoot * u2;
        FieldElement inverseZ = den1 * den2 * p.T;
        ulong rotate = (p.T * inverseZ).IsNegativeMask();

        FieldElement x = FieldElement.Select(rotate, p.X, p.Y * FieldConstants.SqrtMinusOne);
        FieldElement y = FieldElement.Select(rotate, p.Y, p.X * FieldConstants.SqrtMinusOne);
        FieldElement denominator = FieldElement.Select(rotate, den2, den1 * FieldConstants.InvSqrtAMinusD);
        y = FieldElement.ConditionalNegate((x * inverseZ).IsNegativeMask(), y);
        FieldElement.Absolute(denominator * (p.Z - y)).ToBytes(destination);
    }
}
