using Phala.Crypto.Curve25519;
using Phala.Crypto.Transcripts;

namespace Phala.Crypto.Signatures;

/// <summary>An sr25519 public key that has been decoded once, for those who verify many signatures of one signer.</summary>
/// <remarks>Invariant: it holds an element of the group; the default value holds none and verifies nothing.</remarks>
public readonly struct Sr25519VerifyingKey
{
    private readonly KeyBytes _encoded;
    private readonly bool _isDecoded;

    internal readonly RistrettoPoint Point;

    private Sr25519VerifyingKey(ReadOnlySpan<byte> encoded, in RistrettoPoint point)
    {
        encoded.CopyTo(_encoded);
        Point = point;
        _isDecoded = true;
    }

    /// <summary>Decodes a public key.</summary>
    /// <param name="publicKey">32 bytes; others are refused.</param>
    /// <param name="key">The key, or one that verifies nothing.</param>
    /// <returns>False for bytes that are not the encoding of an element of ristretto255.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> publicKey, out Sr25519VerifyingKey key)
    {
        key = default;
        if (publicKey.Length != Sr25519.PublicKeyLength || !RistrettoPoint.TryDecode(publicKey, out RistrettoPoint point)) return false;
        key = new Sr25519VerifyingKey(publicKey, point);
        return true;
    }

    /// <summary>Writes the encoding.</summary>
    /// <param name="destination">Receives 32 bytes.</param>
    /// <exception cref="ArgumentException">The span is shorter.</exception>
    public void CopyTo(Span<byte> destination) => ((ReadOnlySpan<byte>)_encoded).CopyTo(destination);

    /// <inheritdoc cref="Sr25519.Verify(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public SignatureVerdict Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => Verify(Sr25519Context.Substrate, message, signature);

    /// <inheritdoc cref="Sr25519.Verify(in Sr25519Context, ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public SignatureVerdict Verify(in Sr25519Context context, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!_isDecoded) return SignatureVerdict.MalformedPublicKey;
        SignatureVerdict verdict = Sr25519.ReadScalar(signature, out Scalar s);
        if (verdict != SignatureVerdict.Valid) return verdict;

        Transcript transcript = context.Message(message);
        Sr25519.BeginProtocol(ref transcript, _encoded);
        Scalar k = Sr25519.Challenge(ref transcript, signature[..32]);

        // R is compared as bytes, so only its canonical encoding can be equal.
        Span<byte> nonce = stackalloc byte[RistrettoPoint.Size];
        RistrettoPoint.DoubleScalarMultiplyBaseVartime(-k, Point, s).Encode(nonce);
        return nonce.SequenceEqual(signature[..32]) ? SignatureVerdict.Valid : SignatureVerdict.WrongSignature;
    }
}
