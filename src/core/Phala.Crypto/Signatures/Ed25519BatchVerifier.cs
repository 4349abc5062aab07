using Phala.Crypto.Curve25519;

namespace Phala.Crypto.Signatures;

/// <summary>
/// Verifies many ed25519 signatures of any signers at once, faster than one by one and with the same verdicts. Reuse one verifier: it allocates only to grow.
/// Not for concurrent use.
/// </summary>
/// <remarks>
/// Messages are read when they are added and not kept. The combination needs no entropy, see <see cref="BatchEquation"/>: a batch with a false
/// signature passes with a probability of 2^-128. The cofactor of the equation makes the sum blind to exactly what single verification is blind to.
/// </remarks>
public sealed class Ed25519BatchVerifier
{
    private readonly SignatureBatch _batch;

    /// <summary>An empty batch.</summary>
    /// <param name="capacity">For how many signatures to make room at once.</param>
    public Ed25519BatchVerifier(int capacity = 64)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _batch = new SignatureBatch(capacity, isRistretto: false);
    }

    /// <summary>How many signatures have been added.</summary>
    public int Count => _batch.Count;

    /// <summary>Adds a signature. Any bytes may be added; malformed ones are false.</summary>
    /// <param name="publicKey">The signer's public key.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>The signature's index in the batch.</returns>
    public int Add(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        _batch.Note(TryAddEquation(publicKey, message, signature));

    /// <summary>Whether all added signatures are valid. An empty batch is.</summary>
    public bool Verify() => _batch.Verify();

    /// <summary>Writes the verdict on each added signature: those that <see cref="Ed25519.Verify"/> would give.</summary>
    /// <param name="verdicts">Receives <see cref="Count"/> verdicts.</param>
    /// <returns>Whether all are valid. Only where the combination fails are the signatures looked at one by one.</returns>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public bool Verify(Span<SignatureVerdict> verdicts) => _batch.Verify(verdicts);

    /// <summary>Empties the batch and keeps its memory.</summary>
    public void Clear() => _batch.Clear();

    // Verdicts come in the order of single verification: what the signature alone gives away comes after the key. Points are decoded later, all together.
    private SignatureVerdict TryAddEquation(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != Ed25519.PublicKeyLength) return SignatureVerdict.MalformedPublicKey;
        SignatureVerdict verdict = Ed25519.ReadScalar(signature, out Scalar s);
        if (verdict != SignatureVerdict.Valid) return Ed25519VerifyingKey.TryDecode(publicKey, out _) ? verdict : SignatureVerdict.MalformedPublicKey;

        ReadOnlySpan<byte> nonce = signature[..32];
        _batch.Equations.Add(publicKey, nonce, Ed25519.HashToScalar(nonce, publicKey, message), s);
        return SignatureVerdict.Valid;
    }
}
