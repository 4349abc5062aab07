using Phala.Crypto.Signatures;
using Phala.Node.Network.Addresses;
using Phala.Node.Network.Messages;

namespace Phala.Node.Network.Noise;

/// <summary>What libp2p sends inside of the handshake: the peer's identity, and its signature over the static key of the handshake (libp2p specification, noise).</summary>
internal static class NoiseIdentity
{
    private const int KeyField = 1, SignatureField = 2;

    /// <summary>The payload of this side.</summary>
    public static byte[] Encode(Ed25519KeyPair identity, ReadOnlySpan<byte> staticKey)
    {
        Span<byte> signature = stackalloc byte[Ed25519.SignatureLength];
        identity.Sign(Signed(staticKey), signature);
        return new ProtobufWriter().Bytes(KeyField, PeerId.EncodeKey(identity.PublicKey)).Bytes(SignatureField, signature).ToArray();
    }

    /// <summary>Verifies the payload of the other side.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="staticKey">The other side's static key, as the handshake proved it.</param>
    /// <param name="peer">Who it is.</param>
    public static NoiseError Verify(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> staticKey, out PeerId peer)
    {
        peer = default;
        ReadOnlySpan<byte> key = default, signature = default;
        ProtobufReader reader = new(payload);
        while (reader.TryNext())
        {
            if (reader.Field == KeyField && reader.TryBytes(out ReadOnlySpan<byte> identity)) key = identity;
            if (reader.Field == SignatureField && reader.TryBytes(out ReadOnlySpan<byte> signed)) signature = signed;
        }

        if (reader.Error != ProtobufError.None) return NoiseError.BadPayload;
        if (key.IsEmpty || signature.IsEmpty) return NoiseError.MissingIdentity;
        if (PeerId.TryDecodeKey(key, out byte[] publicKey) != ProtobufError.None) return NoiseError.BadIdentity;
        SignatureVerdict verdict = Ed25519.Verify(publicKey, Signed(staticKey), signature);
        if (verdict == SignatureVerdict.MalformedPublicKey) return NoiseError.BadIdentity;
        if (verdict != SignatureVerdict.Valid) return NoiseError.BadSignature;
        peer = PeerId.Of(publicKey);
        return NoiseError.None;
    }

    private static byte[] Signed(ReadOnlySpan<byte> staticKey) => [.. "noise-libp2p-static-key:"u8, .. staticKey];
}
