using Phala.Crypto.Signatures;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>sr25519 signatures: the outermost check is the public key's decoding.</summary>
internal sealed class Sr25519VerifyTarget : FuzzTarget
{
    public override string Name => "sr25519-verify";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        SignatureSamples.Sr25519(1), SignatureSamples.Sr25519(2), SignatureSamples.WithLargeScalar(SignatureSamples.Sr25519(3)),
        SignatureSamples.Ed25519(4), SignatureSamples.Cut(SignatureSamples.Sr25519(5)),
    ];

    public override IReadOnlyCollection<string> Errors { get; } =
    [
        nameof(SignatureVerdict.WrongSignature), nameof(SignatureVerdict.WrongLength), nameof(SignatureVerdict.MalformedPublicKey),
        nameof(SignatureVerdict.NotMarked), nameof(SignatureVerdict.NonCanonicalScalar),
    ];

    public override long AllocationBound(int inputLength) => 200;

    public override FuzzOutcome Run(byte[] input)
    {
        SignatureVerdict verdict = Sr25519.Verify(SignatureSamples.Key(input), SignatureSamples.Message(input), SignatureSamples.Signature(input));
        return new FuzzOutcome(verdict != SignatureVerdict.MalformedPublicKey, verdict == SignatureVerdict.Valid ? null : verdict.ToString());
    }
}
