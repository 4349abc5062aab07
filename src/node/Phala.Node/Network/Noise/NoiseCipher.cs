using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Phala.Node.Network.Noise;

/// <summary>One direction of a noise channel: ChaCha20-Poly1305 under one key with a counter as nonce (CipherState of the Noise specification, revision 34, section 5.1).</summary>
internal sealed class NoiseCipher : IDisposable
{
    /// <summary>The length of a key.</summary>
    public const int KeyLength = 32;

    /// <summary>How many bytes encryption adds.</summary>
    public const int TagLength = 16;

    private const int NonceLength = 12, CounterAt = 4;
    private readonly ChaCha20Poly1305 _cipher;
    private ulong _counter;

    /// <summary>A cipher at the first nonce.</summary>
    public NoiseCipher(ReadOnlySpan<byte> key) => _cipher = new ChaCha20Poly1305(key);

    /// <summary>Encrypts a message.</summary>
    /// <param name="plaintext">The message.</param>
    /// <param name="associated">What is authenticated beside it.</param>
    /// <param name="ciphertext">Receives <see cref="TagLength"/> bytes more than the message has.</param>
    public void Encrypt(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associated, Span<byte> ciphertext)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Next(nonce);
        _cipher.Encrypt(nonce, plaintext, ciphertext[..plaintext.Length], ciphertext.Slice(plaintext.Length, TagLength), associated);
    }

    /// <summary>Decrypts a message; false where it is not the next one of the other side.</summary>
    /// <param name="ciphertext">The message.</param>
    /// <param name="associated">What is authenticated beside it.</param>
    /// <param name="plaintext">Receives <see cref="TagLength"/> bytes less.</param>
    public bool TryDecrypt(ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associated, Span<byte> plaintext)
    {
        if (ciphertext.Length < TagLength) return false;
        Span<byte> nonce = stackalloc byte[NonceLength];
        Next(nonce);
        int length = ciphertext.Length - TagLength;
        try
        {
            _cipher.Decrypt(nonce, ciphertext[..length], ciphertext[length..], plaintext[..length], associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cipher.Dispose();

    // 2^64 messages are never sent: at a million a second it takes half a million years.
    private void Next(Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(nonce[CounterAt..], checked(_counter++));
    }
}
