using Phala.Crypto.Signatures;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>VRF proofs: key (32 bytes) ‖ pre-output (32) ‖ proof (64) ‖ message; the outermost check is that of the lengths.</summary>
internal sealed class Sr25519VrfTarget : FuzzTarget
{
    private static readonly Sr25519Context Context = Sr25519Context.Create("fuzz"u8);

    public override string Name => "sr25519-vrf";

    public override IReadOnlyList<byte[]> Corpus { get; } = [Sample(1), Sample(2), Sample(3)];

    public override IReadOnlyCollection<string> Errors { get; } =
        [.. Enum.GetValues<VrfVerdict>().Where(verdict => verdict != VrfVerdict.Valid).Select(verdict => verdict.ToString())];

    public override long AllocationBound(int inputLength) => 200;

    public override FuzzOutcome Run(byte[] input)
    {
        VrfVerdict verdict = Sr25519Vrf.Verify(
            SignatureSamples.Part(input, 0, 32), Context.Message(SignatureSamples.Part(input, 128, int.MaxValue)), Sr25519Vrf.Extra,
            SignatureSamples.Part(input, 32, 32), SignatureSamples.Part(input, 64, 64), out _);
        return new FuzzOutcome(verdict != VrfVerdict.WrongLength, verdict == VrfVerdict.Valid ? null : verdict.ToString());
    }

    private static byte[] Sample(int seed)
    {
        byte[] output = new byte[32], proof = new byte[64], message = SignatureSamples.Bytes(SignatureSamples.MessageLength, seed);
        using Sr25519KeyPair pair = Sr25519KeyPair.FromSeed(SignatureSamples.Bytes(32, seed));
        Sr25519Vrf.Sign(pair, Context.Message(message), Sr25519Vrf.Extra, output, proof).CopyPreOutput(output);
        return [.. pair.PublicKey, .. output, .. proof, .. message];
    }
}
