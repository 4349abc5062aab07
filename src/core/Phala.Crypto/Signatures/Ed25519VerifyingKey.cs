using Phala.Crypto.Curve25519;

namespace Phala.Crypto.Signatures;

/// <summary>An ed25519 public key that has been decoded once, for those who verify many signatures of one signer.</summary>
/// <remarks>Invariant: it holds a point of the curve, of any order; the default value holds none and verifies nothing.</remarks>
public readonly struct Ed25519VerifyingKey
{
    private readonly KeyBytes _encoded;
    private readonly bool _isDecoded;

    internal readonly EdwardsPoint Point;

    private Ed25519VerifyingKey(ReadOnlySpan<byte> encoded, in EdwardsPoint point)
    {
        encoded.CopyTo(_encoded);
        Point = point;
        _isDecoded = true;
    }

    /// <summary>
    /// Whether the key's order divides 8. Such a key belongs to nobody: signatures that verify under it can be made for any message without a secret, and one of
    /// them may hold for several messages. ZIP-215 accepts them; who gives keys a meaning, such as an account, should refuse them.
    /// </summary>
    /// <remarks>True also of the default value. There are eight such points and, as ZIP-215 decodes them, 14 encodings.</remarks>
    public bool IsSmallOrder => !_isDecoded || Point.IsSmallOrder;

    /// <summary>Decodes a public key by the rules of ZIP-215.</summary>
    /// <param name="publicKey">32 bytes; others are refused.</param>
    /// <param name="key">The key, or one that verifies nothing.</param>
    /// <returns>False for bytes that encode no point.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> publicKey, out Ed25519VerifyingKey key)
    {
        key = default;
        if (publicKey.Length != Ed25519.PublicKeyLength || !EdwardsPoint.TryDecompress(publicKey, out EdwardsPoint point)) return false;
        key = new Ed25519VerifyingKey(publicKey, point);
        return true;
    }

    /// <summary>Writes the encoding that was decoded, canonical or not.</summary>
    /// <param name="destination">Receives 32 bytes.</param>
    /// <exception cref="ArgumentException">The span is shorter.</exception>
    public void CopyTo(Span<byte> destination) => ((ReadOnlySpan<byte>)_encoded).CopyTo(destination);

    /// <inheritdoc cref="Ed25519.Verify"/>
    public SignatureVerdict Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!_isDecoded) return SignatureVerdict.MalformedPublicKey;
        SignatureVerdict verdict = Ed25519.ReadScalar(signature, out Scalar s);
        if (verdict != SignatureVerdict.Valid) return verdict;
        if (!EdwardsPoint.TryDecompress(signature[..32], out EdwardsPoint nonce)) return SignatureVerdict.MalformedNonce;

        Scalar k = Ed25519.HashToScalar(signature[..32], _encoded, message);
        EdwardsPoint difference = EdwardsPoint.DoubleScalarMultiplyBaseVartime(-k, Point, s) - nonce;
        return difference.IsSmallOrder ? SignatureVerdict.Valid : SignatureVerdict.WrongSignature;
    }
}
