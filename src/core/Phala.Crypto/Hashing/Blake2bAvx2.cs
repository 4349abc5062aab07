using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.Intrinsics.Vector256;

namespace Phala.Crypto.Hashing;

/// <summary>The compression function of BLAKE2b with one row of the 4×4 state in each of four 256-bit registers.</summary>
/// <remarks>
/// The rounds are written out so that each message word is read at a fixed offset. Between columns and diagonals the rows a, c and d move, not b:
/// b is the last to be computed in a step and the first to be needed in the next, so that moving it would lengthen the critical path.
/// Unsafe: words are read from unaligned bytes at fixed offsets; the loop keeps every read inside whole blocks of the span.
/// </remarks>
internal static class Blake2bAvx2
{
    /// <inheritdoc cref="Blake2bCompression.Compress"/>
    [SkipLocalsInit]
    public static unsafe void Compress(ref Blake2bChain chain, ReadOnlySpan<byte> blocks, ulong counter, ulong flag)
    {
        Vector256<ulong> low = Create<ulong>(((ReadOnlySpan<ulong>)chain)[..4]);
        Vector256<ulong> high = Create<ulong>(((ReadOnlySpan<ulong>)chain)[4..]);
        Vector256<ulong> iv0 = Create(Blake2bCompression.Iv[..4]);
        Vector256<ulong> iv1 = Create(Blake2bCompression.Iv[4..]);

        fixed (byte* start = blocks)
        {
            byte* end = start + (blocks.Length - (blocks.Length % Blake2b.BlockLength));
            for (byte* block = start; block != end; block += Blake2b.BlockLength)
            {
                Vector256<ulong> a = low, b = high, c = iv0, d = iv1 ^ Create(counter, 0UL, flag, 0UL);
                Rounds((ulong*)block, ref a, ref b, ref c, ref d);
                low ^= a ^ c;
                high ^= b ^ d;
                counter += Blake2b.BlockLength;
            }
        }

        low.CopyTo(((Span<ulong>)chain)[..4]);
        high.CopyTo(((Span<ulong>)chain)[4..]);
    }

    // Unsafe: see Compress.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Rounds(ulong* m, ref Vector256<ulong> rowA, ref Vector256<ulong> rowB, ref Vector256<ulong> rowC, ref Vector256<ulong> rowD)
    {
        Vector256<ulong> a = rowA, b = rowB, c = rowC, d = rowD;
        Mix(ref a, ref b, ref c, ref d, Create(m[0], m[2], m[4], m[6]), Create(m[1], m[3], m[5], m[7]));
        Diagonalize(ref a, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Create(m[14], m[8], m[10], m[12]), Create(m[15], m[9], m[11], m[13]));
        Undiagonalize(ref a, ref c, ref d);

        Mix(ref a, ref b, ref c, ref d, Create(m[14], m[4], m[9], m[13]), Create(m[10], m[8], m[15], m[6]));
        Diagonalize(ref a, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Create(m[5], m[1], m[0], m[11]), Create(m[3], m[12], m[2], m[7]));
        Undiagonalize(ref a, ref c, ref d);

        Mix(ref a, ref b, ref c, ref d, Create(m[11], m[12], m[5], m[15]), Create(m[8], m[0], m[2], m[13]));
        Diagonalize(ref a, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Create(m[9], m[10], m[3], m[7]), Create(m[4], m[14], m[6], m[1]));
        Undiagonalize(ref a, ref c, ref d);

        Mix(ref a, ref b, ref c, ref d, Create(m[7], m[3], m[13], m[11]), Create(m[9], m[1], m[12], m[14]));
        Diagonalize(ref a, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Create(m[15], m[2], m[5], m[4]), Create(m[8], m[6], m[10], m[0]));
        Undiagonalize(ref a, ref c, ref d);

        Mix(ref a, ref b, ref c, ref d, Create(m[9], m[5], m[2], m[10]), Create(m[0], m[7], m[4], m[15]));
        Diagonalize(ref a, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Create(m[3], m[14], m[11], m[6]), Create(m[13], m[1], m[12], m[8]));
        Undiagonalize(ref a, ref c, ref d);

        Mix(ref a, ref b, ref c, ref d, Create(m[2], m[6], m[0], m[8]), Create(m[12], m[10], m[11], m[3]));
        Diagonalize(ref a, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Create(m[1], m[4], m[7], m[15]), Create(m[9], m[13], m[5], m[14]));
        Undiagonalize(ref a, ref c, ref d);

        Mix(ref a, ref b, ref c, ref d, Create(m[12], m[1], m[14], m[4]), Create(m[5], m[15], m[13], m[10]));
        Diagonalize(ref a, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Create(m[8], m[0], m[6], m[9]), Create(m[11], m[7], m[3], m[2]));
        Undiagonalize(ref a, ref c, ref d);

        Mix(ref a, ref b, ref c, ref d, Create(m[13], m[7], m[12], m[3]), Create(m[11], m[14], m[1], m[9]));
        Diagonalize(ref a, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Create(m[2], m[5], m[15], m[8]), Create(m[10], m[0], m[4], m[6]));
        Undiagonalize(ref a, ref c, ref d);

        Mix(ref a, ref b, ref c, ref d, Create(m[6], m[14], m[11], m[0]), Create(m[15], m[9], m[3], m[8]));
        Diagonalize(ref a, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Create(m[10], m[12], m[13], m[1]), Create(m[5], m[2], m[7], m[4]));
        Undiagonalize(ref a, ref c, ref d);

        Mix(ref a, ref b, ref c, ref d, Create(m[10], m[8], m[7], m[1]), Create(m[2], m[4], m[6], m[5]));
        Diagonalize(ref a, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Create(m[13], m[15], m[9], m[3]), Create(m[0], m[11], m[14], m[12]));
        Undiagonalize(ref a, ref c, ref d);

        Mix(ref a, ref b, ref c, ref d, Create(m[0], m[2], m[4], m[6]), Create(m[1], m[3], m[5], m[7]));
        Diagonalize(ref a, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Create(m[14], m[8], m[10], m[12]), Create(m[15], m[9], m[11], m[13]));
        Undiagonalize(ref a, ref c, ref d);

        Mix(ref a, ref b, ref c, ref d, Create(m[14], m[4], m[9], m[13]), Create(m[10], m[8], m[15], m[6]));
        Diagonalize(ref a, ref c, ref d);
        Mix(ref a, ref b, ref c, ref d, Create(m[5], m[1], m[0], m[11]), Create(m[3], m[12], m[2], m[7]));
        Undiagonalize(ref a, ref c, ref d);

        rowA = a;
        rowB = b;
        rowC = c;
        rowD = d;
    }

    /// <summary>The mixing function G of RFC 7693 §3.1 on four columns at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector256<ulong> a, ref Vector256<ulong> b, ref Vector256<ulong> c, ref Vector256<ulong> d, Vector256<ulong> x, Vector256<ulong> y)
    {
        a = a + x + b;
        d = RotateRight32(d ^ a);
        c += d;
        b = RotateRight24(b ^ c);
        a = a + y + b;
        d = RotateRight16(d ^ a);
        c += d;
        b = RotateRight63(b ^ c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Diagonalize(ref Vector256<ulong> a, ref Vector256<ulong> c, ref Vector256<ulong> d)
    {
        a = Avx2.Permute4x64(a, 0b10_01_00_11);
        c = Avx2.Permute4x64(c, 0b00_11_10_01);
        d = Avx2.Permute4x64(d, 0b01_00_11_10);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Undiagonalize(ref Vector256<ulong> a, ref Vector256<ulong> c, ref Vector256<ulong> d)
    {
        a = Avx2.Permute4x64(a, 0b00_11_10_01);
        c = Avx2.Permute4x64(c, 0b10_01_00_11);
        d = Avx2.Permute4x64(d, 0b01_00_11_10);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateRight32(Vector256<ulong> x) => Avx2.Shuffle(x.AsUInt32(), 0b10_11_00_01).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateRight24(Vector256<ulong> x) =>
        Avx512F.VL.IsSupported
            ? Avx512F.VL.RotateRight(x, 24)
            : Avx2.Shuffle(x.AsByte(), Create((byte)3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10, 3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateRight16(Vector256<ulong> x) =>
        Avx512F.VL.IsSupported
            ? Avx512F.VL.RotateRight(x, 16)
            : Avx2.Shuffle(x.AsByte(), Create((byte)2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9, 2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateRight63(Vector256<ulong> x) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(x, 63) : (x + x) ^ (x >>> 63);
}
