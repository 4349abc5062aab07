using System.Runtime.CompilerServices;

namespace Phala.Crypto.Hashing;

/// <summary>
/// BLAKE2b (RFC 7693), the hash of Substrate: state keys and roots, block and extrinsic hashes, account identifiers. Digests of 1 to 64 bytes,
/// with or without a key of up to 64 bytes, in one call; <see cref="Blake2bState"/> takes a message in parts, <see cref="Blake2bBatch"/> many messages at once.
/// </summary>
/// <remarks>
/// <para>Concept: a message is cut into blocks of 128 bytes, a key counting as a block of its own before it; each block is compressed into eight 64-bit words.
/// The digest length and the key length enter the first word, so that digests of different lengths are unrelated.</para>
/// <para>Invariant: every path (portable, AVX2, AVX-512 lanes) gives equal bytes. Nothing is allocated. Time depends on lengths alone.</para>
/// <para>Trust: equal digests of 32 bytes mean equal messages; a digest under a secret key was made by one who knows it.</para>
/// </remarks>
public static class Blake2b
{
    /// <summary>The length of a block in bytes.</summary>
    public const int BlockLength = 128;

    /// <summary>The longest digest in bytes.</summary>
    public const int MaxDigestLength = 64;

    /// <summary>The longest key in bytes.</summary>
    public const int MaxKeyLength = 64;

    /// <summary>Hashes a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="digest">Receives the digest; its length, 1 to 64 bytes, is the digest length.</param>
    /// <param name="key">The key, at most 64 bytes; none makes a plain hash.</param>
    /// <exception cref="ArgumentOutOfRangeException">The digest's or the key's length is outside of these bounds.</exception>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> digest, ReadOnlySpan<byte> key = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(digest.Length, nameof(digest));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digest.Length, MaxDigestLength, nameof(digest));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, MaxKeyLength, nameof(key));
        if (key.IsEmpty) HashPlain(message, digest);
        else HashKeyed(message, digest, key);
    }

    /// <summary>Hashes a message to 16 bytes, as Substrate's <c>blake2_128</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The digest is not 16 bytes long.</exception>
    public static void Hash128(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, 16, nameof(digest));
        HashPlain(message, digest);
    }

    /// <summary>Hashes a message to 32 bytes, as Substrate's <c>blake2_256</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The digest is not 32 bytes long.</exception>
    public static void Hash256(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, 32, nameof(digest));
        HashPlain(message, digest);
    }

    /// <summary>Hashes a message to 64 bytes, as Substrate's <c>blake2_512</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The digest is not 64 bytes long.</exception>
    public static void Hash512(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, 64, nameof(digest));
        HashPlain(message, digest);
    }

    private static void HashPlain(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        Blake2bCompression.Initialize(out Blake2bChain h, digest.Length, keyLength: 0);
        Finish(ref h, message, 0, digest);
    }

    /// <summary>Compresses the rest of a message after <paramref name="counter"/> bytes that are in the chain already, and writes the digest.</summary>
    [SkipLocalsInit]
    internal static void Finish(ref Blake2bChain h, ReadOnlySpan<byte> rest, ulong counter, Span<byte> digest)
    {
        // The last block is compressed apart, and an empty message still has one.
        int head = rest.Length == 0 ? 0 : (rest.Length - 1) / BlockLength * BlockLength;
        if (head > 0) Blake2bCompression.Compress(ref h, rest[..head], counter + BlockLength, flag: 0);

        counter += (ulong)rest.Length;
        if (rest.Length - head == BlockLength)
        {
            Blake2bCompression.Compress(ref h, rest[head..], counter, Blake2bCompression.Last);
        }
        else
        {
            Span<byte> padded = stackalloc byte[BlockLength];
            padded.Clear();
            rest[head..].CopyTo(padded);
            Blake2bCompression.Compress(ref h, padded, counter, Blake2bCompression.Last);
        }

        Blake2bCompression.Write(in h, digest);
    }

    private static void HashKeyed(ReadOnlySpan<byte> message, Span<byte> digest, ReadOnlySpan<byte> key)
    {
        Blake2bState state = Blake2bState.Create(digest.Length, key);
        state.Append(message);
        state.Finish(digest);
        state.Clear();
    }
}
