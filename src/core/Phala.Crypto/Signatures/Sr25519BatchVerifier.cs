using Phala.Crypto.Curve25519;
using Phala.Crypto.Transcripts;

namespace Phala.Crypto.Signatures;

/// <summary>
/// Verifies many sr25519 signatures of any signers at once, faster than one by one and with the same verdicts. Reuse one verifier: it allocates only to grow.
/// Not for concurrent use.
/// </summary>
/// <remarks>
/// Messages are read when they are added and not kept. The combination needs no entropy, see <see cref="BatchEquation"/>: a batch with a false
/// signature passes with a probability of 2^-128.
/// </remarks>
public sealed class Sr25519BatchVerifier
{
    private readonly SignatureBatch _batch;

    /// <summary>An empty batch.</summary>
    /// <param name="capacity">For how many signatures to make room at once.</param>
    public Sr25519BatchVerifier(int capacity = 64)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _batch = new SignatureBatch(capacity, isRistretto: true);
    }

    /// <summary>How many signatures have been added.</summary>
    public int Count => _batch.Count;

    /// <summary>Adds a signature under the context "substrate".</summary>
    /// <inheritdoc cref="Add(in Sr25519Context, ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public int Add(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Add(Sr25519Context.Substrate, publicKey, message, signature);

    /// <summary>Adds a signature. Any bytes may be added; malformed ones are false.</summary>
    /// <param name="context">The context in which it was signed.</param>
    /// <param name="publicKey">The signer's public key.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>The signature's index in the batch.</returns>
    public int Add(in Sr25519Context context, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        _batch.Note(TryAddEquation(context, publicKey, message, signature));

    /// <summary>Whether all added signatures are valid. An empty batch is.</summary>
    public bool Verify() => _batch.Verify();

    /// <summary>Writes the verdict on each added signature: those that <see cref="Sr25519.Verify(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/> would give.</summary>
    /// <param name="verdicts">Receives <see cref="Count"/> verdicts.</param>
    /// <returns>Whether all are valid. Only where the combination fails are the signatures looked at one by one.</returns>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public bool Verify(Span<SignatureVerdict> verdicts) => _batch.Verify(verdicts);

    /// <summary>Empties the batch and keeps its memory.</summary>
    public void Clear() => _batch.Clear();

    // Verdicts come in the order of single verification: what the signature alone gives away comes after the key. Points are decoded later, all together.
    private SignatureVerdict TryAddEquation(in Sr25519Context context, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != Sr25519.PublicKeyLength) return SignatureVerdict.MalformedPublicKey;
        SignatureVerdict verdict = Sr25519.ReadScalar(signature, out Scalar s);
        if (verdict != SignatureVerdict.Valid) return Sr25519VerifyingKey.TryDecode(publicKey, out _) ? verdict : SignatureVerdict.MalformedPublicKey;

        ReadOnlySpan<byte> nonce = signature[..32];
        Transcript transcript = context.Message(message);
        Sr25519.BeginProtocol(ref transcript, publicKey);
        _batch.Equations.Add(publicKey, nonce, Sr25519.Challenge(ref transcript, nonce), s);
        return SignatureVerdict.Valid;
    }
}
