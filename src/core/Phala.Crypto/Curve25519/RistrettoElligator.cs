namespace Phala.Crypto.Curve25519;

/// <summary>The map from field elements to ristretto255 (RFC 9496 §4.3.4, MAP). Constant time.</summary>
internal static class RistrettoElligator
{
    internal static EdwardsPoint Map(in FieldElement t)
    {
        FieldElement r = FieldConstants.SqrtMinusOne * t.Square();
        FieldElement u = (r + FieldElement.One) * FieldConstants.OneMinusDSquared;
        FieldElement v = (-FieldElement.One - (r * FieldConstants.D)) * (r + FieldConstants.D);
        ulong isSquare = FieldRoots.SqrtRatioM1(u, v, out FieldElement root);

        FieldElement other = -FieldElement.Absolute(root * t);
        FieldElement s = FieldElement.Select(isSquare, other, root);
        FieldElement c = FieldElement.Select(isSquare, r, -FieldElement.One);
        FieldElement n = (c * (r - FieldElement.One) * FieldConstants.DMinusOneSquared) - v;

        FieldElement ss = s.Square();
        FieldElement w0 = (s + s) * v;
        FieldElement w1 = n * FieldConstants.SqrtADMinusOne;
        FieldElement w2 = FieldElement.One - ss;
        FieldElement w3 = FieldElement.One + ss;
        return new EdwardsPoint(w0 * w3, w2 * w1, w1 * w3, w0 * w2);
    }
}
