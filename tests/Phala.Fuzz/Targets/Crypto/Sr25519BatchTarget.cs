using Phala.Crypto.Signatures;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>A batch of the input's signature and a valid one: each must get the verdict of single verification.</summary>
internal sealed class Sr25519BatchTarget : FuzzTarget
{
    private static readonly byte[] Valid = SignatureSamples.Sr25519(9);

    private readonly Sr25519BatchVerifier _batch = new(2);

    public override string Name => "sr25519-batch";

    public override IReadOnlyList<byte[]> Corpus { get; } = new Sr25519VerifyTarget().Corpus;

    public override IReadOnlyCollection<string> Errors { get; } = new Sr25519VerifyTarget().Errors;

    public override long AllocationBound(int inputLength) => 20_000 + (4 * inputLength);

    public override FuzzOutcome Run(byte[] input)
    {
        Span<SignatureVerdict> verdicts = stackalloc SignatureVerdict[2];
        _batch.Clear();
        _batch.Add(SignatureSamples.Key(input), SignatureSamples.Message(input), SignatureSamples.Signature(input));
        _batch.Add(SignatureSamples.Key(Valid), SignatureSamples.Message(Valid), SignatureSamples.Signature(Valid));
        bool all = _batch.Verify(verdicts);

        SignatureVerdict single = Sr25519.Verify(SignatureSamples.Key(input), SignatureSamples.Message(input), SignatureSamples.Signature(input));
        if (verdicts[0] != single || verdicts[1] != SignatureVerdict.Valid || all != (single == SignatureVerdict.Valid))
        {
            throw new InvalidOperationException($"batch: {verdicts[0]}, {verdicts[1]}, {all}; single: {single}");
        }

        return new FuzzOutcome(single != SignatureVerdict.MalformedPublicKey, single == SignatureVerdict.Valid ? null : single.ToString());
    }
}
