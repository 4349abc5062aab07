namespace Phala.Crypto.Curve25519;

/// <summary>
/// An element of ristretto255 (RFC 9496): a group of prime order l whose elements are cosets of edwards25519's points, each with exactly one encoding.
/// </summary>
/// <remarks>
/// Invariant: <see cref="Representative"/> is one of the coset's four even points. Two values may hold different representatives of one element: compare with
/// <see cref="Equals(RistrettoPoint)"/>, never by coordinates.
/// Trust: as <see cref="EdwardsPoint"/>: constant time but for what returns <see cref="bool"/> or is called <c>Vartime</c>.
/// </remarks>
internal readonly struct RistrettoPoint(in EdwardsPoint representative) : IEquatable<RistrettoPoint>
{
    /// <summary>The length of an encoding in bytes.</summary>
    internal const int Size = 32;

    /// <summary>The length of the input of <see cref="FromUniformBytes"/> in bytes.</summary>
    internal const int UniformSize = 64;

    /// <summary>A point of the coset.</summary>
    internal readonly EdwardsPoint Representative = representative;

    internal static RistrettoPoint Identity => new(EdwardsPoint.Identity);

    /// <summary>The generator, RFC 9496 §4: the coset of edwards25519's base point.</summary>
    internal static RistrettoPoint BasePoint => new(EdwardsPoint.BasePoint);

    /// <summary>Whether this is the neutral element.</summary>
    internal bool IsIdentity => (Representative.X.IsZeroMask() | Representative.Y.IsZeroMask()) != 0;

    public static RistrettoPoint operator +(in RistrettoPoint a, in RistrettoPoint b) => new(a.Representative + b.Representative);

    public static RistrettoPoint operator -(in RistrettoPoint a, in RistrettoPoint b) => new(a.Representative - b.Representative);

    public static RistrettoPoint operator -(in RistrettoPoint a) => new(-a.Representative);

    /// <summary>2 P.</summary>
    internal RistrettoPoint Double() => new(Representative.Double());

    /// <summary><paramref name="scalar"/> · B. Constant time.</summary>
    internal static RistrettoPoint MultiplyBase(in Scalar scalar) => new(EdwardsPoint.MultiplyBase(scalar));

    /// <summary><paramref name="scalar"/> · P. Constant time.</summary>
    internal static RistrettoPoint Multiply(in Scalar scalar, in RistrettoPoint point) => new(EdwardsPoint.Multiply(scalar, point.Representative));

    /// <summary>a · A + b · B. Variable time: for public values only.</summary>
    internal static RistrettoPoint DoubleScalarMultiplyBaseVartime(in Scalar a, in RistrettoPoint pointA, in Scalar b) =>
        new(EdwardsPoint.DoubleScalarMultiplyBaseVartime(a, pointA.Representative, b));

    /// <summary>The encoding, 32 bytes (RFC 9496 §4.3.2).</summary>
    internal void Encode(Span<byte> destination) => RistrettoEncoding.Encode(Representative, destination);

    /// <summary>Reads an encoding (RFC 9496 §4.3.1); false, and the identity, for bytes that encode no element.</summary>
    internal static bool TryDecode(ReadOnlySpan<byte> bytes, out RistrettoPoint point)
    {
        bool decoded = RistrettoEncoding.TryDecode(bytes, out EdwardsPoint representative);
        point = new RistrettoPoint(representative);
        return decoded;
    }

    /// <summary>The one-way map (RFC 9496 §4.3.4): 64 uniform bytes give a uniform element of which nobody knows the discrete logarithm.</summary>
    internal static RistrettoPoint FromUniformBytes(ReadOnlySpan<byte> bytes) =>
        new(RistrettoElligator.Map(FieldElement.FromBytes(bytes)) + RistrettoElligator.Map(FieldElement.FromBytes(bytes[32..])));

    /// <summary>All ones when both are the same element, else zero (RFC 9496 §4.3.3).</summary>
    internal static ulong EqualsMask(in RistrettoPoint a, in RistrettoPoint b)
    {
        EdwardsPoint p = a.Representative, q = b.Representative;
        return FieldElement.EqualsMask(p.X * q.Y, p.Y * q.X) | FieldElement.EqualsMask(p.Y * q.Y, p.X * q.X);
    }

    /// <inheritdoc/>
    public bool Equals(RistrettoPoint other) => EqualsMask(this, other) != 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RistrettoPoint other && Equals(other);

    /// <summary>Not supported: equal elements have many representatives.</summary>
    public override int GetHashCode() => throw new NotSupportedException();
}
