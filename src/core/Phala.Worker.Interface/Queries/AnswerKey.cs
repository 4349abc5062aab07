using System.Security.Cryptography;
using Phala.Crypto;
using Phala.Crypto.Encryption;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Worker.Interface.Queries;

/// <summary>What client and session share after a query: answers are sealed under it.</summary>
/// <remarks>
/// <para><b>Concept.</b> As in RFC 9458 §4.4: the exported secret, with random bytes that travel before the ciphertext, gives key and nonce of AES-256-GCM.</para>
/// <para><b>Invariant.</b> No key seals twice: a host that replays a query gets another answer under another key.</para>
/// </remarks>
public sealed class AnswerKey : IDisposable
{
    /// <summary>How many random bytes sealing takes.</summary>
    public const int EntropyLength = 32;

    /// <summary>The longest answer, sealed, in bytes.</summary>
    public const int LongestAnswer = 4 * 1024 * 1024;

    private const int KeyLength = 32, NonceLength = 12, TagLength = 16;

    private readonly SecretBytes _secret = new(32);

    internal AnswerKey(HpkeExporter exporter) => exporter.Export("phala answer v1"u8, _secret.Span);

    /// <summary>Seals an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="entropy">32 random bytes, for this answer alone.</param>
    /// <returns>The random bytes ‖ ciphertext ‖ tag.</returns>
    /// <exception cref="ArgumentException">The entropy has a wrong length.</exception>
    public byte[] Seal(QueryAnswer answer, ReadOnlySpan<byte> entropy)
    {
        if (entropy.Length != EntropyLength) throw new ArgumentException("Sealing takes 32 random bytes.", nameof(entropy));
        byte[] padded = SealedContent.Pad(answer);
        byte[] envelope = new byte[EntropyLength + padded.Length + TagLength];
        entropy.CopyTo(envelope);
        using SecretBytes keys = Derive(entropy);
        using AesGcm aead = new(keys.Span[..KeyLength], TagLength);
        aead.Encrypt(keys.Span[KeyLength..], padded, envelope.AsSpan(EntropyLength, padded.Length), envelope.AsSpan(EntropyLength + padded.Length));
        CryptographicOperations.ZeroMemory(padded);
        return envelope;
    }

    /// <summary>Opens an answer.</summary>
    /// <param name="envelope">What the worker sent.</param>
    /// <param name="answer">The answer, where there is no error. Nothing in it is verified.</param>
    /// <returns><see cref="EnvelopeError.None"/>, or why not. Any bytes give an answer.</returns>
    public EnvelopeError TryOpen(ReadOnlySpan<byte> envelope, out QueryAnswer? answer)
    {
        answer = null;
        if (envelope.Length < EntropyLength + TagLength) return EnvelopeError.Truncated;
        if (envelope.Length > LongestAnswer) return EnvelopeError.TooLong;
        using SecretBytes plaintext = new(envelope.Length - EntropyLength - TagLength), keys = Derive(envelope[..EntropyLength]);
        using AesGcm aead = new(keys.Span[..KeyLength], TagLength);
        try
        {
            aead.Decrypt(keys.Span[KeyLength..], envelope[EntropyLength..^TagLength], envelope[^TagLength..], plaintext.Span);
        }
        catch (AuthenticationTagMismatchException)
        {
            return EnvelopeError.NotAuthentic;
        }

        return SealedContent.TryUnpad<QueryAnswer>(plaintext.Span, out answer) ? EnvelopeError.None : EnvelopeError.Malformed;
    }

    /// <summary>Zeroes the secret.</summary>
    public void Dispose() => _secret.Dispose();

    private SecretBytes Derive(ReadOnlySpan<byte> salt)
    {
        SecretBytes keys = new(KeyLength + NonceLength);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret.Span, keys.Span, salt, "phala answer v1 key and nonce"u8);
        GC.KeepAlive(this);
        return keys;
    }
}
