using Phala.Crypto.Secp256k1;

namespace Phala.Crypto.Signatures;

/// <summary>A public key of secp256k1: a point of the curve other than infinity, as SEC 1 §2.3 encodes it.</summary>
/// <remarks>Trust: a value made by <see cref="TryDecode"/> is on the curve, which has prime order, so that no check of the subgroup is needed.</remarks>
public readonly struct Secp256k1PublicKey : IEquatable<Secp256k1PublicKey>
{
    /// <summary>The length of a compressed key in bytes.</summary>
    public const int CompressedLength = 33;

    /// <summary>The length of an uncompressed key in bytes.</summary>
    public const int UncompressedLength = 65;

    private const byte EvenTag = 2;
    private const byte OddTag = 3;
    private const byte UncompressedTag = 4;

    private readonly AffinePoint _point;

    internal Secp256k1PublicKey(in AffinePoint point) => _point = new AffinePoint(point.X.Normalize(), point.Y.Normalize());

    internal AffinePoint Point => _point;

    /// <summary>Reads a compressed or uncompressed key.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <param name="key">The key, of no use where an error is returned.</param>
    public static Secp256k1PublicKeyError TryDecode(ReadOnlySpan<byte> bytes, out Secp256k1PublicKey key)
    {
        key = default;
        if (bytes.Length is not (CompressedLength or UncompressedLength)) return Secp256k1PublicKeyError.BadLength;
        bool compressed = bytes.Length == CompressedLength;
        if (compressed ? bytes[0] is not (EvenTag or OddTag) : bytes[0] != UncompressedTag) return Secp256k1PublicKeyError.BadTag;
        if (!FieldElement.TryRead(bytes.Slice(1, 32), out FieldElement x)) return Secp256k1PublicKeyError.CoordinateOutOfRange;

        AffinePoint point;
        if (compressed)
        {
            if (!AffinePoint.TryLift(x, bytes[0] == OddTag, out point)) return Secp256k1PublicKeyError.NotOnCurve;
        }
        else
        {
            if (!FieldElement.TryRead(bytes.Slice(33, 32), out FieldElement y)) return Secp256k1PublicKeyError.CoordinateOutOfRange;
            point = new AffinePoint(x, y);
            if (!point.IsOnCurve()) return Secp256k1PublicKeyError.NotOnCurve;
        }

        key = new Secp256k1PublicKey(point);
        return Secp256k1PublicKeyError.None;
    }

    /// <summary>Writes the key, compressed or not according to the length of the destination.</summary>
    /// <param name="destination">33 or 65 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination has another length.</exception>
    public void Encode(Span<byte> destination)
    {
        if (destination.Length is not (CompressedLength or UncompressedLength))
        {
            throw new ArgumentOutOfRangeException(nameof(destination), destination.Length, "A key takes 33 or 65 bytes.");
        }

        bool compressed = destination.Length == CompressedLength;
        destination[0] = compressed ? (_point.Y.IsOdd() ? OddTag : EvenTag) : UncompressedTag;
        _point.X.Write(destination.Slice(1, 32));
        if (!compressed) _point.Y.Write(destination.Slice(33, 32));
    }

    /// <summary>Whether both are the same point.</summary>
    public bool Equals(Secp256k1PublicKey other) => _point.X.Equals(other._point.X) && _point.Y.Equals(other._point.Y);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Secp256k1PublicKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        Span<byte> x = stackalloc byte[32];
        _point.X.Write(x);
        return BitConverter.ToInt32(x);
    }

    /// <summary>Whether both are the same point.</summary>
    public static bool operator ==(Secp256k1PublicKey left, Secp256k1PublicKey right) => left.Equals(right);

    /// <summary>Whether they are different points.</summary>
    public static bool operator !=(Secp256k1PublicKey left, Secp256k1PublicKey right) => !left.Equals(right);
}
