using Phala.Crypto.Signatures;
using Phala.Node.Network.Addresses;
using Phala.Node.Network.Noise;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Network;

/// <summary>Bytes as the payload of a handshake, which must be an identity and its signature over the key of the handshake.</summary>
public sealed class NoiseIdentityTarget : FuzzTarget
{
    private static readonly byte[] StaticKey = new byte[32];

    /// <inheritdoc/>
    public override int SampleSize => 8000;

    /// <inheritdoc/>
    public override string Name => "noise-identity";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = MakeCorpus();

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [nameof(NoiseError.BadPayload), nameof(NoiseError.MissingIdentity), nameof(NoiseError.BadIdentity), nameof(NoiseError.BadSignature)];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 16_384 + (64 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        NoiseError error = NoiseIdentity.Verify(input, StaticKey, out PeerId peer);
        if (error == NoiseError.None && peer.PublicKey.Length != Ed25519.PublicKeyLength) throw new InvalidOperationException("A peer without a key.");
        return new FuzzOutcome(input.Length > 1, error == NoiseError.None ? null : error.ToString());
    }

    private static byte[][] MakeCorpus()
    {
        using Ed25519KeyPair identity = Ed25519KeyPair.FromSeed(new byte[Ed25519.SeedLength]);
        byte[] valid = NoiseIdentity.Encode(identity, StaticKey);
        return [valid, [.. valid, 0x22, 0x02, 1, 2]];
    }
}
