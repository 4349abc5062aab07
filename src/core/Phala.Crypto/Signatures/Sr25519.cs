using Phala.Crypto.Curve25519;
using Phala.Crypto.Transcripts;

namespace Phala.Crypto.Signatures;

/// <summary>
/// sr25519: Schnorr signatures over ristretto255 with Merlin transcripts, as the schnorrkel library and every Substrate chain make them.
/// </summary>
/// <remarks>
/// <para>Concept: a signature is the encoding R of r·B and the scalar s = r + k·x, where k is a hash of context, message, public key A = x·B and R; it is
/// valid when s·B − k·A encodes to R. Bit 7 of the last byte marks the scheme.</para>
/// <para>Invariant: verification accepts one encoding of each signature: s below the group's order, R the canonical encoding, the mark set. Batch and single
/// verification give the same verdicts. Trust: who checks a signature believes that the holder of the secret key signed these bytes in this context, as long as
/// discrete logarithms in ristretto255 are hard. Verification works on public data in variable time and allocates nothing.</para>
/// </remarks>
public static class Sr25519
{
    /// <summary>The length of a public key in bytes.</summary>
    public const int PublicKeyLength = 32;

    /// <summary>The length of a signature in bytes.</summary>
    public const int SignatureLength = 64;

    /// <summary>The length of a seed ("mini secret key") in bytes.</summary>
    public const int SeedLength = 32;

    /// <summary>The length of an expanded secret key in bytes, in either form.</summary>
    public const int SecretLength = 64;

    /// <summary>The length of a chain code in bytes.</summary>
    public const int ChainCodeLength = 32;

    /// <summary>The length in bytes of the entropy that signing takes.</summary>
    public const int EntropyLength = TranscriptRngBuilder.EntropyLength;

    /// <summary>Verifies a signature under the context "substrate".</summary>
    /// <param name="publicKey">The signer's public key.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns><see cref="SignatureVerdict.Valid"/>, or why not. Any bytes of any length give a verdict.</returns>
    public static SignatureVerdict Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Verify(Sr25519Context.Substrate, publicKey, message, signature);

    /// <summary>Verifies a signature under a context.</summary>
    /// <param name="context">The context in which it was signed.</param>
    /// <param name="publicKey">The signer's public key.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns><see cref="SignatureVerdict.Valid"/>, or why not. Any bytes of any length give a verdict.</returns>
    public static SignatureVerdict Verify(
        in Sr25519Context context, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Sr25519VerifyingKey.TryDecode(publicKey, out Sr25519VerifyingKey key)
            ? key.Verify(context, message, signature)
            : SignatureVerdict.MalformedPublicKey;

    /// <summary>The public key that soft derivation gives, without the secret key.</summary>
    /// <param name="publicKey">The parent's public key.</param>
    /// <param name="chainCode">32 bytes: which child.</param>
    /// <param name="derived">Receives the child's public key, 32 bytes.</param>
    /// <returns>False where the parent's bytes are not a public key.</returns>
    /// <exception cref="ArgumentException">The chain code or the destination is not 32 bytes long.</exception>
    public static bool TryDeriveSoft(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> chainCode, Span<byte> derived)
    {
        SpanLength.Require(chainCode, ChainCodeLength, nameof(chainCode));
        SpanLength.Require(derived, PublicKeyLength, nameof(derived));
        if (!Sr25519VerifyingKey.TryDecode(publicKey, out Sr25519VerifyingKey key)) return false;
        Transcript transcript = Sr25519Derivation.Begin([]);
        Scalar tweak = Sr25519Derivation.SoftTweak(ref transcript, chainCode, publicKey, []);
        (key.Point + RistrettoPoint.MultiplyBase(tweak)).Encode(derived);
        return true;
    }

    /// <summary>
    /// The parts of a signature that stand alone. What is not <see cref="SignatureVerdict.Valid"/> here is so whatever the message and the key are.
    /// </summary>
    internal static SignatureVerdict ReadScalar(ReadOnlySpan<byte> signature, out Scalar s)
    {
        s = Scalar.Zero;
        if (signature.Length != SignatureLength) return SignatureVerdict.WrongLength;
        if ((signature[63] & 0x80) == 0) return SignatureVerdict.NotMarked;
        Span<byte> bytes = stackalloc byte[Scalar.Size];
        signature[32..].CopyTo(bytes);
        bytes[31] &= 0x7f;
        return Scalar.TryFromCanonicalBytes(bytes, out s) ? SignatureVerdict.Valid : SignatureVerdict.NonCanonicalScalar;
    }

    /// <summary>Begins the signature protocol on a message's transcript.</summary>
    internal static void BeginProtocol(ref Transcript transcript, ReadOnlySpan<byte> publicKey)
    {
        transcript.AppendMessage("proto-name"u8, "Schnorr-sig"u8);
        transcript.AppendMessage("sign:pk"u8, publicKey);
    }

    /// <summary>The challenge k of a transcript that <see cref="BeginProtocol"/> began.</summary>
    internal static Scalar Challenge(ref Transcript transcript, ReadOnlySpan<byte> nonce)
    {
        transcript.AppendMessage("sign:R"u8, nonce);
        return ChallengeScalar(ref transcript, "sign:c"u8);
    }

    /// <summary>A challenge of 64 bytes modulo the group's order.</summary>
    internal static Scalar ChallengeScalar(ref Transcript transcript, ReadOnlySpan<byte> label)
    {
        Span<byte> wide = stackalloc byte[Scalar.WideSize];
        transcript.Challenge(label, wide);
        return Scalar.FromBytesModOrderWide(wide);
    }
}
