using Phala.Crypto.Signatures;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>Batches of ed25519 signatures.</summary>
internal sealed class Ed25519BatchTarget() : SignatureBatchTarget(new Ed25519VerifyTarget())
{
    private static readonly byte[] Valid = SignatureSamples.Ed25519(9);

    private readonly Ed25519BatchVerifier _batch = new(2);

    public override string Name => "ed25519-batch";

    protected override bool VerifyWithAValidOne(byte[] input, Span<SignatureVerdict> verdicts)
    {
        _batch.Clear();
        _batch.Add(SignatureSamples.Key(input), SignatureSamples.Message(input), SignatureSamples.Signature(input));
        _batch.Add(SignatureSamples.Key(Valid), SignatureSamples.Message(Valid), SignatureSamples.Signature(Valid));
        return _batch.Verify(verdicts);
    }

    protected override SignatureVerdict VerifyAlone(byte[] input) =>
        Ed25519.Verify(SignatureSamples.Key(input), SignatureSamples.Message(input), SignatureSamples.Signature(input));
}
