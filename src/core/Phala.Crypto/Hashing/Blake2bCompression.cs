using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Phala.Crypto.Hashing;

/// <summary>The compression function F of RFC 7693 §3.2 over whole blocks, on the fastest path that the processor has.</summary>
internal static class Blake2bCompression
{
    /// <summary>The finalization flag f[0] of the last block.</summary>
    public const ulong Last = ulong.MaxValue;

    /// <summary>IV of RFC 7693 §2.6: the first 64 bits of the fractional parts of the square roots of the first eight primes.</summary>
    public static ReadOnlySpan<ulong> Iv =>
    [
        0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
        0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    ];

    /// <summary>The first word of the parameter block for sequential hashing (fanout 1, depth 1), RFC 7693 §2.5.</summary>
    public static ulong Parameters(int digestLength, int keyLength) => 0x0101_0000UL ^ ((ulong)keyLength << 8) ^ (ulong)digestLength;

    /// <summary>The chaining value before the first block.</summary>
    public static void Initialize(out Blake2bChain h, int digestLength, int keyLength)
    {
        h = default;
        Iv.CopyTo(h);
        h[0] ^= Parameters(digestLength, keyLength);
    }

    /// <summary>Compresses whole blocks.</summary>
    /// <param name="h">The chaining value, replaced.</param>
    /// <param name="blocks">One block or more; a multiple of 128 bytes.</param>
    /// <param name="counter">How many bytes have been hashed once the first of these blocks is in; grows by 128 with each further block.</param>
    /// <param name="flag">Zero, or <see cref="Last"/> for the final block.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Compress(ref Blake2bChain h, ReadOnlySpan<byte> blocks, ulong counter, ulong flag)
    {
        if (Avx2.IsSupported) Blake2bAvx2.Compress(ref h, blocks, counter, flag);
        else Blake2bScalar.Compress(ref h, blocks, counter, flag);
    }

    /// <summary>Writes the first bytes of the chaining value, little-endian.</summary>
    public static void Write(in Blake2bChain h, Span<byte> digest)
    {
        int words = digest.Length >> 3;
        for (int word = 0; word < words; word++) BinaryPrimitives.WriteUInt64LittleEndian(digest[(8 * word)..], h[word]);
        for (int at = 8 * words; at < digest.Length; at++) digest[at] = (byte)(h[words] >> (8 * (at & 7)));
    }
}
