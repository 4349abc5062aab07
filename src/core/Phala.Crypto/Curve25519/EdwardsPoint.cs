namespace Phala.Crypto.Curve25519;

/// <summary>
/// A point of edwards25519, −x² + y² = 1 + d x² y², in extended coordinates: x = X/Z, y = Y/Z, T = X Y/Z. The group has order 8 l.
/// </summary>
/// <remarks>
/// Invariant: the point is on the curve, Z is not zero, and all coordinates are tight. (The default value is no point: use <see cref="Identity"/>.)
/// The addition law is complete: no operands are exceptions.
/// Trust: constant time, except what returns <see cref="bool"/> (whose result alone is revealed) and what is called <c>Vartime</c>.
/// </remarks>
internal readonly struct EdwardsPoint(in FieldElement x, in FieldElement y, in FieldElement z, in FieldElement t) : IEquatable<EdwardsPoint>
{
    /// <summary>The length of a compressed point in bytes.</summary>
    internal const int CompressedSize = 32;

    internal readonly FieldElement X = x, Y = y, Z = z, T = t;

    internal static EdwardsPoint Identity => new(FieldElement.Zero, FieldElement.One, FieldElement.One, FieldElement.Zero);

    /// <summary>The base point of RFC 8032, of order l.</summary>
    internal static EdwardsPoint BasePoint => new(FieldConstants.BaseX, FieldConstants.BaseY, FieldElement.One, FieldConstants.BaseT);

    /// <summary>Whether this is the neutral element.</summary>
    internal bool IsIdentity => (X.IsZeroMask() & FieldElement.EqualsMask(Y, Z)) != 0;

    /// <summary>Whether the order divides 8.</summary>
    internal bool IsSmallOrder => MultiplyByCofactor().IsIdentity;

    public static EdwardsPoint operator +(in EdwardsPoint a, in EdwardsPoint b) => Add(a, CachedPoint.From(b)).ToExtended();

    public static EdwardsPoint operator -(in EdwardsPoint a, in EdwardsPoint b) => Subtract(a, CachedPoint.From(b)).ToExtended();

    public static EdwardsPoint operator -(in EdwardsPoint a) => new(-a.X, a.Y, a.Z, -a.T);

    /// <summary>2 P.</summary>
    internal EdwardsPoint Double() => ToProjective().Double().ToExtended();

    /// <summary>8 P: clears any component of small order.</summary>
    internal EdwardsPoint MultiplyByCofactor() => ToProjective().Double().ToProjective().Double().ToProjective().Double().ToExtended();

    internal ProjectivePoint ToProjective() => new(X, Y, Z);

    /// <summary><paramref name="scalar"/> · B. Constant time.</summary>
    internal static EdwardsPoint MultiplyBase(in Scalar scalar) => FixedBaseMultiplication.Multiply(scalar);

    /// <summary><paramref name="scalar"/> · P. Constant time.</summary>
    internal static EdwardsPoint Multiply(in Scalar scalar, in EdwardsPoint point) => VariableBaseMultiplication.Multiply(scalar, point);

    /// <summary>a · A + b · B. Variable time: for public values only.</summary>
    internal static EdwardsPoint DoubleScalarMultiplyBaseVartime(in Scalar a, in EdwardsPoint pointA, in Scalar b) =>
        DoubleBaseMultiplication.MultiplyVartime(a, pointA, b);

    /// <summary>Σ scalar_i · P_i; both spans have one length. Variable time: for public values only. Allocates nothing once its pools are warm.</summary>
    internal static EdwardsPoint MultiScalarMultiplyVartime(ReadOnlySpan<Scalar> scalars, ReadOnlySpan<EdwardsPoint> points) =>
        MultiScalarMultiplication.MultiplyVartime(scalars, points);

    /// <summary>Writes y and the sign of x (RFC 8032 §5.1.2), 32 bytes.</summary>
    internal void Compress(Span<byte> destination) => EdwardsEncoding.Compress(this, destination);

    /// <summary>Reads a compressed point by the rules of ZIP-215; false, and the identity, when there is no such point.</summary>
    /// <remarks>Accepts y from p to 2^255 − 1, and the sign bit set with x = 0, as every verifier of one consensus must.</remarks>
    internal static bool TryDecompress(ReadOnlySpan<byte> bytes, out EdwardsPoint point) => EdwardsEncoding.TryDecompress(bytes, out point);

    /// <summary>Reads a compressed point by the rules of RFC 8032 §5.1.3: only the bytes that <see cref="Compress"/> writes.</summary>
    internal static bool TryDecompressStrict(ReadOnlySpan<byte> bytes, out EdwardsPoint point) => EdwardsEncoding.TryDecompressStrict(bytes, out point);

    /// <summary>The Montgomery curve's u = (1 + y)/(1 − y), zero for the identity (RFC 7748 §4.1).</summary>
    internal FieldElement ToMontgomeryU() => (Z + Y) * FieldRoots.Invert(Z - Y);

    /// <summary>All ones when both are the same point, else zero.</summary>
    internal static ulong EqualsMask(in EdwardsPoint a, in EdwardsPoint b) =>
        FieldElement.EqualsMask(a.X * b.Z, b.X * a.Z) & FieldElement.EqualsMask(a.Y * b.Z, b.Y * a.Z);

    /// <summary><paramref name="whenOnes"/> if the mask is all ones, <paramref name="whenZero"/> if it is zero.</summary>
    internal static EdwardsPoint Select(ulong mask, in EdwardsPoint whenZero, in EdwardsPoint whenOnes) => new(
        FieldElement.Select(mask, whenZero.X, whenOnes.X),
        FieldElement.Select(mask, whenZero.Y, whenOnes.Y),
        FieldElement.Select(mask, whenZero.Z, whenOnes.Z),
        FieldElement.Select(mask, whenZero.T, whenOnes.T));

    /// <inheritdoc/>
    public bool Equals(EdwardsPoint other) => EqualsMask(this, other) != 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EdwardsPoint other && Equals(other);

    /// <summary>Not supported: equal points have many coordinates.</summary>
    public override int GetHashCode() => throw new NotSupportedException();

    /// <summary>P + Q by the unified addition of Hisil, Wong, Carter and Dawson (2008, §3.1) for a = −1.</summary>
    internal static CompletedPoint Add(in EdwardsPoint p, in CachedPoint q)
    {
        FieldElement a = FieldElement.AddLoose(p.Y, p.X) * q.YPlusX;
        FieldElement b = FieldElement.SubtractLoose(p.Y, p.X) * q.YMinusX;
        return Complete(a, b, p.T * q.T2D, p.Z * q.Z);
    }

    /// <summary>P − Q.</summary>
    internal static CompletedPoint Subtract(in EdwardsPoint p, in CachedPoint q)
    {
        FieldElement a = FieldElement.AddLoose(p.Y, p.X) * q.YMinusX;
        FieldElement b = FieldElement.SubtractLoose(p.Y, p.X) * q.YPlusX;
        return CompleteNegated(a, b, p.T * q.T2D, p.Z * q.Z);
    }

    private static CompletedPoint Complete(in FieldElement a, in FieldElement b, in FieldElement c, in FieldElement zz)
    {
        FieldElement d = zz + zz;
        return new CompletedPoint(
            FieldElement.SubtractLoose(a, b), FieldElement.AddLoose(a, b), FieldElement.AddLoose(d, c), FieldElement.SubtractLoose(d, c));
    }

    private static CompletedPoint CompleteNegated(in FieldElement a, in FieldElement b, in FieldElement c, in FieldElement zz)
    {
        FieldElement d = zz + zz;
        return new CompletedPoint(
            FieldElement.SubtractLoose(a, b), FieldElement.AddLoose(a, b), FieldElement.SubtractLoose(d, c), FieldElement.AddLoose(d, c));
    }
}
