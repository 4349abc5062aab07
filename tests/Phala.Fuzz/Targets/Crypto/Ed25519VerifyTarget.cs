using Phala.Crypto.Signatures;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>ed25519 signatures: the outermost check is the public key's decoding.</summary>
internal sealed class Ed25519VerifyTarget : FuzzTarget
{
    public override string Name => "ed25519-verify";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        SignatureSamples.Ed25519(1), SignatureSamples.Ed25519(2), SignatureSamples.WithLargeScalar(SignatureSamples.Ed25519(3)),
        SignatureSamples.Cut(SignatureSamples.Ed25519(5)), [1, .. new byte[95], .. SignatureSamples.Bytes(SignatureSamples.MessageLength, 1)],
    ];

    public override IReadOnlyCollection<string> Errors { get; } =
    [
        nameof(SignatureVerdict.WrongSignature), nameof(SignatureVerdict.WrongLength), nameof(SignatureVerdict.MalformedPublicKey),
        nameof(SignatureVerdict.NonCanonicalScalar), nameof(SignatureVerdict.MalformedNonce),
    ];

    public override long AllocationBound(int inputLength) => 2_000 + (4 * inputLength);

    public override FuzzOutcome Run(byte[] input)
    {
        SignatureVerdict verdict = Ed25519.Verify(SignatureSamples.Key(input), SignatureSamples.Message(input), SignatureSamples.Signature(input));
        return new FuzzOutcome(verdict != SignatureVerdict.MalformedPublicKey, verdict == SignatureVerdict.Valid ? null : verdict.ToString());
    }
}
