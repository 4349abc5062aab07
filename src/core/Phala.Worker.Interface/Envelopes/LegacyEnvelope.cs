using System.Security.Cryptography;
using Phala.Crypto;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Messages;

namespace Phala.Worker.Interface.Envelopes;

/// <summary>The older envelope: AES-256-GCM without associated data, its key the bare result of a ristretto key agreement.</summary>
/// <remarks><b>Trust.</b> None beyond secrecy: it binds neither chain nor contract nor sender, never expires, and may be replayed. Clusters that must serve older clients say so; all others refuse it.</remarks>
public static class LegacyEnvelope
{
    private const int TagLength = 16;

    /// <summary>Seals bytes.</summary>
    /// <param name="own">One's own key pair, made for this envelope.</param>
    /// <param name="peer">The receiver's public key.</param>
    /// <param name="iv">Random.</param>
    /// <param name="plaintext">The bytes.</param>
    /// <param name="data">The envelope, where there is no error.</param>
    /// <returns><see cref="EnvelopeError.None"/> or <see cref="EnvelopeError.InvalidKey"/>.</returns>
    public static EnvelopeError Seal(Sr25519KeyPair own, ReadOnlySpan<byte> peer, in Iv iv, ReadOnlySpan<byte> plaintext, out EncryptedData? data)
    {
        data = null;
        using SecretBytes key = new(Sr25519.PublicKeyLength);
        if (!own.TryAgree(peer, key.Span)) return EnvelopeError.InvalidKey;
        byte[] sealedBytes = new byte[plaintext.Length + TagLength];
        using AesGcm aead = new(key.Span, TagLength);
        aead.Encrypt(iv.AsSpan(), plaintext, sealedBytes.AsSpan(0, plaintext.Length), sealedBytes.AsSpan(plaintext.Length));
        data = new EncryptedData(iv, new(own.PublicKey), Codec.Vec.Create<byte>(sealedBytes));
        return EnvelopeError.None;
    }

    /// <summary>Opens an envelope.</summary>
    /// <param name="own">One's own key pair.</param>
    /// <param name="data">The envelope.</param>
    /// <param name="plaintext">The bytes, where there is no error.</param>
    /// <returns><see cref="EnvelopeError.None"/>, or why not. Any bytes give an answer.</returns>
    public static EnvelopeError TryOpen(Sr25519KeyPair own, EncryptedData data, out byte[]? plaintext)
    {
        plaintext = null;
        if (data.Data.Length < TagLength) return EnvelopeError.Truncated;
        using SecretBytes key = new(Sr25519.PublicKeyLength);
        if (!own.TryAgree(data.Pubkey.AsSpan(), key.Span)) return EnvelopeError.InvalidKey;
        byte[] opened = new byte[data.Data.Length - TagLength];
        using AesGcm aead = new(key.Span, TagLength);
        try
        {
            aead.Decrypt(data.Iv.AsSpan(), data.Data.AsSpan()[..opened.Length], data.Data.AsSpan()[opened.Length..], opened);
        }
        catch (AuthenticationTagMismatchException)
        {
            return EnvelopeError.NotAuthentic;
        }

        plaintext = opened;
        return EnvelopeError.None;
    }
}
