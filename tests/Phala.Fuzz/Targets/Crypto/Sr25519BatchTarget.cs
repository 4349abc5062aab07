using Phala.Crypto.Signatures;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>Batches of sr25519 signatures.</summary>
internal sealed class Sr25519BatchTarget() : SignatureBatchTarget(new Sr25519VerifyTarget())
{
    private static readonly byte[] Valid = SignatureSamples.Sr25519(9);

    private readonly Sr25519BatchVerifier _batch = new(2);

    public override string Name => "sr25519-batch";

    protected override bool VerifyWithAValidOne(byte[] input, Span<SignatureVerdict> verdicts)
    {
        _batch.Clear();
        _batch.Add(SignatureSamples.Key(input), SignatureSamples.Message(input), SignatureSamples.Signature(input));
        _batch.Add(SignatureSamples.Key(Valid), SignatureSamples.Message(Valid), SignatureSamples.Signature(Valid));
        return _batch.Verify(verdicts);
    }

    protected override SignatureVerdict VerifyAlone(byte[] input) =>
        Sr25519.Verify(SignatureSamples.Key(input), SignatureSamples.Message(input), SignatureSamples.Signature(input));
}
