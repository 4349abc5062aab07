using System.Security.Cryptography;

namespace Phala.Node.Network.Noise;

/// <summary>What a handshake has mixed so far: the hash of all that was said, and the chaining key of all that was agreed (SymmetricState, section 5.2).</summary>
internal sealed class NoiseSymmetricState : IDisposable
{
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes], _chainingKey = new byte[SHA256.HashSizeInBytes];
    private NoiseCipher? _cipher;

    /// <summary>Begins with the protocol's name, which has exactly the length of a hash or less.</summary>
    public NoiseSymmetricState(ReadOnlySpan<byte> protocol)
    {
        protocol.CopyTo(_hash);
        _hash.CopyTo(_chainingKey, 0);
    }

    /// <summary>The hash of all that was said.</summary>
    public ReadOnlySpan<byte> Hash => _hash;

    /// <summary>How many bytes encryption adds now: none before the first agreement.</summary>
    public int TagLength => _cipher is null ? 0 : NoiseCipher.TagLength;

    /// <summary>Takes something that was said.</summary>
    public void MixHash(ReadOnlySpan<byte> data)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_hash);
        hash.AppendData(data);
        hash.GetHashAndReset(_hash);
    }

    /// <summary>Takes something that was agreed.</summary>
    public void MixKey(ReadOnlySpan<byte> secret)
    {
        Span<byte> keys = stackalloc byte[2 * NoiseCipher.KeyLength];
        Derive(secret, keys);
        keys[..NoiseCipher.KeyLength].CopyTo(_chainingKey);
        _cipher?.Dispose();
        _cipher = new NoiseCipher(keys[NoiseCipher.KeyLength..]);
        CryptographicOperations.ZeroMemory(keys);
    }

    /// <summary>Encrypts, where there is a key, and takes what is sent.</summary>
    /// <returns>How many bytes were written.</returns>
    public int EncryptAndHash(ReadOnlySpan<byte> plaintext, Span<byte> message)
    {
        Span<byte> sent = message[..(plaintext.Length + TagLength)];
        if (_cipher is null) plaintext.CopyTo(sent);
        else _cipher.Encrypt(plaintext, _hash, sent);
        MixHash(sent);
        return sent.Length;
    }

    /// <summary>Takes what was received and decrypts it.</summary>
    /// <param name="message">What was received, at least <see cref="TagLength"/> bytes.</param>
    /// <param name="plaintext">Receives as many bytes less.</param>
    public bool TryDecryptAndHash(ReadOnlySpan<byte> message, Span<byte> plaintext)
    {
        if (_cipher is null) message.CopyTo(plaintext);
        else if (!_cipher.TryDecrypt(message, _hash, plaintext)) return false;
        MixHash(message);
        return true;
    }

    /// <summary>The ciphers of the channel: what the initiator sends with, and what the responder does.</summary>
    public (NoiseCipher Initiator, NoiseCipher Responder) Split()
    {
        Span<byte> keys = stackalloc byte[2 * NoiseCipher.KeyLength];
        Derive([], keys);
        (NoiseCipher, NoiseCipher) ciphers = (new NoiseCipher(keys[..NoiseCipher.KeyLength]), new NoiseCipher(keys[NoiseCipher.KeyLength..]));
        CryptographicOperations.ZeroMemory(keys);
        return ciphers;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cipher?.Dispose();
        CryptographicOperations.ZeroMemory(_chainingKey);
    }

    // Noise's HKDF with two outputs: RFC 5869 with the chaining key as salt and no info. The platform's refuses to extract from nothing, as the split does.
    private void Derive(ReadOnlySpan<byte> secret, Span<byte> keys)
    {
        Span<byte> extracted = stackalloc byte[SHA256.HashSizeInBytes], second = stackalloc byte[SHA256.HashSizeInBytes + 1];
        HMACSHA256.HashData(_chainingKey, secret, extracted);
        HMACSHA256.HashData(extracted, [1], keys);
        keys[..NoiseCipher.KeyLength].CopyTo(second);
        second[^1] = 2;
        HMACSHA256.HashData(extracted, second, keys[NoiseCipher.KeyLength..]);
        CryptographicOperations.ZeroMemory(extracted);
        CryptographicOperations.ZeroMemory(second);
    }
}
