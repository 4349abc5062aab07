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
        bool isCanonical = FieldElement.TryFromCanonicalBytes(bytes, out FieldElement s);
        if (!isCanonical || s.IsNegative)
        {
            point = EdwardsPoint.Identity;
            return false;
        }

        FieldElement ss = s.Square();
        FieldElement u1 = FieldElement.One - ss;
        FieldElement u2 = FieldElement.One + ss;
        FieldElement u2Squared = u2.Square();
        FieldElement v = -(FieldConstants.D * u1.Square()) - u2Squared;
        ulong isSquare = FieldRoots.SqrtRatioM1(FieldElement.One, v * u2Squared, out FieldElement inverseRoot);
        return TryAssemble(isSquare, inverseRoot, s, u1, u2, v, out point);
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

    /// <summary>Decoding after the root: rejects what is no square, has a negative x y or a zero y.</summary>
    internal static bool TryAssemble(
        ulong isSquare, in FieldElement inverseRoot, in FieldElement s, in FieldElement u1, in FieldElement u2, in FieldElement v, out EdwardsPoint point)
    {
        FieldElement denX = inverseRoot * u2;
        FieldElement denY = inverseRoot * denX * v;
        FieldElement x = FieldElement.Absolute((s + s) * denX);
        FieldElement y = u1 * denY;
        FieldElement t = x * y;
        ulong isValid = isSquare & ~t.IsNegativeMask() & ~y.IsZeroMask();
        point = EdwardsPoint.Select(isValid, EdwardsPoint.Identity, new EdwardsPoint(x, y, FieldElement.One, t));
        return isValid != 0;
    }
}
