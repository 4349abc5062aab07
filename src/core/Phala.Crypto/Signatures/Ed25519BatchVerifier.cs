using Phala.Crypto.Curve25519;

namespace Phala.Crypto.Signatures;

/// <summary>
/// Verifies many ed25519 signatures of any signers at once, faster than one by one and with the same verdicts. Reuse one verifier: it allocates only to grow.
/// Not for concurrent use.
/// </summary>
/// <remarks>
/// Messages, keys and signatures are read when they are added and not kept. The combination needs no entropy, see <see cref="BatchEquation"/>: a batch with a false
/// signature passes with a probability of 2^-128. The cofactor of the equation makes the sum blind to exactly what single verification is blind to.
/// </remarks>
public sealed class Ed25519BatchVerifier
{
    private readonly BatchEquation _equations;
    private readonly List<SignatureVerdict> _verdicts;

    // A signature's place in the equations, where it has one.
    private readonly List<int> _places;
    private int _malformed;

    /// <summary>An empty batch.</summary>
    /// <param name="capacity">For how many signatures to make room at once.</param>
    public Ed25519BatchVerifier(int capacity = 64)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _equations = new BatchEquation(capacity);
        _verdicts = new List<SignatureVerdict>(capacity);
        _places = new List<int>(capacity);
    }

    /// <summary>How many signatures have been added.</summary>
    public int Count => _verdicts.Count;

    /// <summary>Adds a signature. Any bytes may be added; malformed ones are false.</summary>
    /// <param name="publicKey">The signer's public key.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>The signature's index in the batch.</returns>
    public int Add(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        SignatureVerdict verdict = TryAddEquation(publicKey, message, signature);
        _places.Add(verdict == SignatureVerdict.Valid ? _equations.Count - 1 : -1);
        if (verdict != SignatureVerdict.Valid) _malformed++;
        _verdicts.Add(verdict);
        return _verdicts.Count - 1;
    }

    /// <summary>Whether all added signatures are valid. An empty batch is.</summary>
    public bool Verify() => _malformed == 0 && SumIsNeutral();

    /// <summary>Writes the verdict on each added signature: those that <see cref="Ed25519.Verify"/> would give.</summary>
    /// <param name="verdicts">Receives <see cref="Count"/> verdicts.</param>
    /// <returns>Whether all are valid. Only where the combination fails are the signatures looked at one by one.</returns>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public bool Verify(Span<SignatureVerdict> verdicts)
    {
        if (verdicts.Length != Count) throw new ArgumentException("One verdict for each signature.", nameof(verdicts));
        bool sound = SumIsNeutral();
        for (int at = 0; at < verdicts.Length; at++)
        {
            bool isTrue = sound || _places[at] < 0 || _equations.Difference(_places[at]).IsSmallOrder;
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

    private bool SumIsNeutral() => _equations.Count == 0 || _equations.Sum().IsSmallOrder;

    // In the order of single verification, so that a signature with several defects gets the same verdict.
    private SignatureVerdict TryAddEquation(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!Ed25519VerifyingKey.TryDecode(publicKey, out Ed25519VerifyingKey key)) return SignatureVerdict.MalformedPublicKey;
        SignatureVerdict verdict = Ed25519.ReadSignature(signature, out Scalar s, out EdwardsPoint r);
        if (verdict != SignatureVerdict.Valid) return verdict;
        ReadOnlySpan<byte> nonce = signature[..32];
        _equations.Add(key.Point, r, Ed25519.HashToScalar(nonce, publicKey, message), s, publicKey, nonce);
        return SignatureVerdict.Valid;
    }
}
