using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Phala.Crypto.Encryption;

/// <summary>What both sides of an encrypting context hold: the AEAD key, the first nonce, the exporter secret and the number of the next message.</summary>
internal sealed class HpkeKeys : IDisposable
{
    private readonly AesGcm _aead;
    private readonly SecretBytes _nonce;

    internal HpkeKeys(bool authenticated, ReadOnlySpan<byte> sharedSecret, ReadOnlySpan<byte> info)
    {
        _nonce = new SecretBytes(HpkeSuite.NonceLength);
        SecretBytes exporter = new(HpkeSuite.HashLength);
        using SecretBytes key = new(HpkeSuite.AeadKeyLength);
        HpkeKeySchedule.Derive(HpkeSuite.AeadAes256Gcm, authenticated, sharedSecret, info, key.Span, _nonce.Span, exporter.Span);
        _aead = new AesGcm(key.Span, Hpke.TagLength);
        Exporter = new HpkeExporter(HpkeSuite.AeadAes256Gcm, exporter);
    }

    internal HpkeExporter Exporter { get; }

    /// <summary>The number of the next message. <see cref="ulong.MaxValue"/> is the end: RFC 9180 §5.2 allows 2^96 − 1, which nobody reaches.</summary>
    internal ulong Sequence { get; set; }

    internal HpkeError Seal(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext)
    {
        if (ciphertext.Length != plaintext.Length + Hpke.TagLength)
        {
            throw new ArgumentException("A ciphertext is 16 bytes longer than its plaintext.", nameof(ciphertext));
        }

        if (Sequence == ulong.MaxValue) return HpkeError.MessageLimitReached;
        Span<byte> nonce = stackalloc byte[HpkeSuite.NonceLength];
        NextNonce(nonce);
        _aead.Encrypt(nonce, plaintext, ciphertext[..plaintext.Length], ciphertext[plaintext.Length..], associatedData);
        Sequence++;
        return HpkeError.None;
    }

    internal HpkeError Open(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        if (ciphertext.Length < Hpke.TagLength) return HpkeError.Truncated;
        int length = ciphertext.Length - Hpke.TagLength;
        if (plaintext.Length != length) throw new ArgumentException("A plaintext is 16 bytes shorter than its ciphertext.", nameof(plaintext));
        if (Sequence == ulong.MaxValue) return HpkeError.MessageLimitReached;

        Span<byte> nonce = stackalloc byte[HpkeSuite.NonceLength];
        NextNonce(nonce);
        try
        {
            _aead.Decrypt(nonce, ciphertext[..length], ciphertext[length..], plaintext, associatedData);
        }
        catch (AuthenticationTagMismatchException)
        {
            return HpkeError.NotAuthentic;
        }

        Sequence++;
        return HpkeError.None;
    }

    public void Dispose()
    {
        _aead.Dispose();
        _nonce.Dispose();
        Exporter.Dispose();
    }

    /// <summary>The first nonce exclusive-ored with the message's number, big-endian at its end (RFC 9180 §5.2).</summary>
    private void NextNonce(Span<byte> nonce)
    {
        _nonce.Span.CopyTo(nonce);
        Span<byte> last = nonce[^sizeof(ulong)..];
        BinaryPrimitives.WriteUInt64BigEndian(last, BinaryPrimitives.ReadUInt64BigEndian(last) ^ Sequence);
        GC.KeepAlive(this);
    }
}
