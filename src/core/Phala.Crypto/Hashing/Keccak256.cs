using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Phala.Crypto.Hashing;

/// <summary>
/// Keccak-256 as Ethereum uses it: the sponge of rate 136 and capacity 64 bytes with Keccak's original padding (0x01), not SHA3-256's (0x06).
/// </summary>
/// <remarks>
/// Concept: the message is exclusive-ored into the outer 136 bytes of the state, a block at a time, with a permutation between; the first 32 bytes are the digest.
/// Invariant: equal messages give equal digests, however they are cut into <see cref="Append"/> calls. Trust: who checks only the digest believes that nobody
/// finds two messages with the same one (128-bit security).
/// This is a mutable value: a copy is a fork of the hash. The default value is the empty message.
/// </remarks>
public struct Keccak256
{
    /// <summary>The digest's length in bytes.</summary>
    public const int DigestLength = 32;

    private const int Rate = 136;

    private KeccakState _state;
    private int _position;

    /// <summary>Hashes a message in one call, without allocation.</summary>
    /// <param name="message">The message, of any length.</param>
    /// <param name="digest">Receives 32 bytes.</param>
    /// <exception cref="ArgumentException">The digest span is not 32 bytes long.</exception>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        Keccak256 hash = default;
        hash.Append(message);
        hash.Finish(digest);
    }

    /// <summary>Appends the next part of the message.</summary>
    /// <param name="data">Bytes of any number, also none.</param>
    public void Append(ReadOnlySpan<byte> data)
    {
        Span<byte> block = Bytes(ref _state)[..Rate];
        while (data.Length >= Rate - _position)
        {
            int taken = Rate - _position;
            Sponge.Xor(block[_position..], data[..taken]);
            KeccakPermutation.Permute(_state);
            data = data[taken..];
            _position = 0;
        }

        Sponge.Xor(block[_position..], data);
        _position += data.Length;
    }

    /// <summary>Ends the message and writes its digest. The value is back at the empty message afterwards.</summary>
    /// <param name="digest">Receives 32 bytes.</param>
    /// <exception cref="ArgumentException">The digest span is not 32 bytes long.</exception>
    public void Finish(Span<byte> digest)
    {
        if (digest.Length != DigestLength) throw new ArgumentException("A Keccak-256 digest is 32 bytes long.", nameof(digest));
        Span<byte> state = Bytes(ref _state);
        state[_position] ^= 0x01;
        state[Rate - 1] ^= 0x80;
        KeccakPermutation.Permute(_state);
        state[..DigestLength].CopyTo(digest);
        CryptographicOperations.ZeroMemory(state);
        _position = 0;
    }

    private static Span<byte> Bytes(ref KeccakState state) => MemoryMarshal.AsBytes((Span<ulong>)state);
}
