using System.Buffers.Binary;

namespace Phala.Crypto.Hashing;

/// <summary>
/// Twox: XXH64 with the seeds 0, 1, 2, 3, each hash written little-endian, one after the other. Substrate names storage with it.
/// </summary>
/// <remarks>
/// <para>Trust: none against an adversary, who finds collisions at will. It spreads keys whose content nobody outside chooses, such as the names of pallets.</para>
/// </remarks>
public static class Twox
{
    /// <summary>Hashes to 8 bytes: seed 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The digest is not 8 bytes long.</exception>
    public static void Hash64(ReadOnlySpan<byte> data, Span<byte> digest) => Hash(data, digest, 8);

    /// <summary>Hashes to 16 bytes: seeds 0 and 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The digest is not 16 bytes long.</exception>
    public static void Hash128(ReadOnlySpan<byte> data, Span<byte> digest) => Hash(data, digest, 16);

    /// <summary>Hashes to 32 bytes: seeds 0 to 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The digest is not 32 bytes long.</exception>
    public static void Hash256(ReadOnlySpan<byte> data, Span<byte> digest) => Hash(data, digest, 32);

    private static void Hash(ReadOnlySpan<byte> data, Span<byte> digest, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, length, nameof(digest));
        for (int seed = 0; 8 * seed < length; seed++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(digest[(8 * seed)..], XxHash64.Hash(data, (ulong)seed));
        }
    }
}
