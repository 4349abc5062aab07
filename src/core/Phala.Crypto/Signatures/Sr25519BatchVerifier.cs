using Phala.Crypto.Curve25519;
using Phala.Crypto.Transcripts;

namespace Phala.Crypto.Signatures;

/// <summary>
/// Verifies many sr25519 signatures of any signers at once, faster than one by one and with the same verdicts. Reuse one verifier: it allocates only to grow.
/// Not for concurrent use.
/// </summary>
/// <remarks>
/// Messages, keys and signatures are read when they are added and not kept. The combination needs no entropy, see <see cref="BatchEquation"/>: a batch with a false
/// signature passes with a probability of 2^-128.
/// </remarks>
public sealed class Sr25519BatchVerifier
{
    private readonly BatchEquation _equations;
    private readonly List<SignatureVerdict> _verdicts;

    // A signature's place in the equations, where it has one.
    private readonly List<int> _places;
    private int _malformed;

    /// <summary>An empty batch.</summary>
    /// <param name="capacity">For how many signatures to make room at once.</param>
    public Sr25519BatchVerifier(int capacity = 64)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _equations = new BatchEquation(capacity);
        _verdicts = new List<SignatureVerdict>(capacity);
        _places = new List<int>(capacity);
    }

    /// <summary>How many signatures have been added.</summary>
    public int Count => _verdicts.Count;

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
    public int Add(in Sr25519Context context, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        SignatureVerdict verdict = TryAddEquation(context, publicKey, message, signature);
        _places.Add(verdict == SignatureVerdict.Valid ? _equations.Count - 1 : -1);
        if (verdict != SignatureVerdict.Valid) _malformed++;
        _verdicts.Add(verdict);
        return _verdicts.Count - 1;
    }

    /// <summary>Whether all added signatures are valid. An empty batch is.</summary>
    public bool Verify() => _malformed == 0 && SumIsNeutral();

    /// <summary>Writes the verdict on each added signature: those that <see cref="Sr25519.Verify(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/> would give.</summary>
    /// <param name="verdicts">Receives <see cref="Count"/> verdicts.</param>
    /// <returns>Whether all are valid. Only where the combination fails are the signatures looked at one by one.</returns>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public bool Verify(Span<SignatureVerdict> verdicts)
    {
        if (verdicts.Length != Count) throw new ArgumentException("One verdict for each signature.", nameof(verdicts));
        bool sound = SumIsNeutral();
        for (int at = 0; at < verdicts.Length; at++)
        {
            bool isTrue = sound || _places[at] < 0 || new RistrettoPoint(_equations.Difference(_places[at])).IsIdentity;
            verdicts[at] = isTrue ? _verdicts[at] : SignatureVerdict.WrongSignature;
        }

        return sound && _malformed == 0;
    }

    /// <summary>Empties the batch and keeps its memory.</summary>
    public void Clear()
    {
        _equations.Clear();
        _verdicts.Clear();
        _places.Clear();
        _malformed = 0;
    }

    private bool SumIsNeutral() => _equations.Count == 0 || new RistrettoPoint(_equations.Sum()).IsIdentity;

    // In the order of single verification, so that a signature with several defects gets the same verdict.
    private SignatureVerdict TryAddEquation(in Sr25519Context context, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!Sr25519VerifyingKey.TryDecode(publicKey, out Sr25519VerifyingKey key)) return SignatureVerdict.MalformedPublicKey;
        SignatureVerdict verdict = Sr25519.ReadScalar(signature, out Scalar s);
        if (verdict != SignatureVerdict.Valid) return verdict;
        ReadOnlySpan<byte> nonce = signature[..32];
        if (!RistrettoPoint.TryDecode(nonce, out RistrettoPoint r)) return SignatureVerdict.WrongSignature;

        Transcript transcript = context.Message(message);
        Sr25519.BeginProtocol(ref transcript, publicKey);
        _equations.Add(key.Point.Representative, r.Representative, Sr25519.Challenge(ref transcript, nonce), s, publicKey, nonce);
        return SignatureVerdict.Valid;
    }
}
