namespace Phala.Crypto.Curve25519;

/// <summary>Decoding of a ristretto255 element (RFC 9496 §4.3.1) up to its root, the inverse root of v u2². Constant time, but for the verdict.</summary>
internal readonly struct RistrettoRadicand
{
    /// <summary>What the inverse root is taken of.</summary>
    internal readonly FieldElement Denominator;

    private readonly FieldElement _s, _u1, _u2, _v;

    private readonly ulong _isProper;

    internal RistrettoRadicand(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = FieldElement.TryFromCanonicalBytes(bytes, out _s);
        _isProper = isCanonical ? ~_s.IsNegativeMask() : 0;
        FieldElement ss = _s.Square();
        _u1 = FieldElement.One - ss;
        _u2 = FieldElement.One + ss;
        FieldElement u2Squared = _u2.Square();
        _v = -(FieldConstants.D * _u1.Square()) - u2Squared;
        Denominator = _v * u2Squared;
    }

    /// <summary>The element, from Denominator^(7 (p − 5)/8); rejects what was improper, is no square, has a negative x y or a zero y.</summary>
    internal bool TryFinish(in FieldElement power, out EdwardsPoint point)
    {
        ulong isSquare = FieldRoots.SelectRoot(FieldElement.One, Denominator, power, out FieldElement inverseRoot);
        FieldElement denX = inverseRoot * _u2;
        FieldElement denY = inverseRoot * denX * _v;
        FieldElement x = FieldElement.Absolute((_s + _s) * denX);
        FieldElement y = _u1 * denY;
        FieldElement t = x * y;
        ulong isValid = _isProper & isSquare & ~t.IsNegativeMask() & ~y.IsZeroMask();
        point = EdwardsPoint.Select(isValid, EdwardsPoint.Identity, new EdwardsPoint(x, y, FieldElement.One, t));
        return isValid != 0;
    }
}
