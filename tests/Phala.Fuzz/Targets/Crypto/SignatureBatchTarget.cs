using Phala.Crypto.Signatures;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>A batch of the input's signature and a valid one: each must get the verdict of single verification.</summary>
internal abstract class SignatureBatchTarget(FuzzTarget alone) : FuzzTarget
{
    public override IReadOnlyList<byte[]> Corpus { get; } = alone.Corpus;

    public override IReadOnlyCollection<string> Errors { get; } = alone.Errors;

    public override long AllocationBound(int inputLength) => 20_000 + (4 * inputLength);

    public override FuzzOutcome Run(byte[] input)
    {
        Span<SignatureVerdict> verdicts = stackalloc SignatureVerdict[2];
        bool all = VerifyWithAValidOne(input, verdicts);
        SignatureVerdict single = VerifyAlone(input);
        if (verdicts[0] != single || verdicts[1] != SignatureVerdict.Valid || all != (single == SignatureVerdict.Valid))
        {
            throw new InvalidOperationException($"batch: {verdicts[0]}, {verdicts[1]}, {all}; single: {single}");
        }

        return new FuzzOutcome(single != SignatureVerdict.MalformedPublicKey, single == SignatureVerdict.Valid ? null : single.ToString());
    }

    /// <summary>Verifies the input's signature and then a valid one, in one batch.</summary>
    protected abstract bool VerifyWithAValidOne(byte[] input, Span<SignatureVerdict> verdicts);

    protected abstract SignatureVerdict VerifyAlone(byte[] input);
}
