using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Phala.Crypto.Hashing;

/// <summary>Eight chains of BLAKE2b side by side in 512-bit registers.</summary>
/// <remarks>Unsafe: a lane's block is an address in the state; rows of words are loaded and stored at offsets fixed by the width, inside the state.</remarks>
internal readonly struct Blake2bAvx512Kernel : IBlake2bLaneKernel
{
    private const int Width = 8;

    /// <inheritdoc/>
    public static int Lanes => Width;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public static unsafe void Compress(Blake2bLaneState* state)
    {
        ulong* m = state->Words, h = state->Chain;
        Transpose(state->Block, m);
        Begin(state);

        ReadOnlySpan<ulong> iv = Blake2bCompression.Iv;
        Vector512<ulong> v0 = Vector512.Load(h + (Width * 0));
        Vector512<ulong> v1 = Vector512.Load(h + (Width * 1));
        Vector512<ulong> v2 = Vector512.Load(h + (Width * 2));
        Vector512<ulong> v3 = Vector512.Load(h + (Width * 3));
        Vector512<ulong> v4 = Vector512.Load(h + (Width * 4));
        Vector512<ulong> v5 = Vector512.Load(h + (Width * 5));
        Vector512<ulong> v6 = Vector512.Load(h + (Width * 6));
        Vector512<ulong> v7 = Vector512.Load(h + (Width * 7));
        Vector512<ulong> v8 = Vector512.Create(iv[0]);
        Vector512<ulong> v9 = Vector512.Create(iv[1]);
        Vector512<ulong> v10 = Vector512.Create(iv[2]);
        Vector512<ulong> v11 = Vector512.Create(iv[3]);
        Vector512<ulong> v12 = Vector512.Create(iv[4]) ^ Vector512.Load(state->Counter);
        Vector512<ulong> v13 = Vector512.Create(iv[5]);
        Vector512<ulong> v14 = Vector512.Create(iv[6]) ^ Vector512.Load(state->Last);
        Vector512<ulong> v15 = Vector512.Create(iv[7]);

        ReadOnlySpan<byte> sigma = Blake2bScalar.Sigma;
        for (int round = 0; round < 12; round++)
        {
            ReadOnlySpan<byte> s = sigma.Slice(16 * (round % 10), 16);
            Mix(ref v0, ref v4, ref v8, ref v12, m + (Width * s[0]), m + (Width * s[1]));
            Mix(ref v1, ref v5, ref v9, ref v13, m + (Width * s[2]), m + (Width * s[3]));
            Mix(ref v2, ref v6, ref v10, ref v14, m + (Width * s[4]), m + (Width * s[5]));
            Mix(ref v3, ref v7, ref v11, ref v15, m + (Width * s[6]), m + (Width * s[7]));
            Mix(ref v0, ref v5, ref v10, ref v15, m + (Width * s[8]), m + (Width * s[9]));
            Mix(ref v1, ref v6, ref v11, ref v12, m + (Width * s[10]), m + (Width * s[11]));
            Mix(ref v2, ref v7, ref v8, ref v13, m + (Width * s[12]), m + (Width * s[13]));
            Mix(ref v3, ref v4, ref v9, ref v14, m + (Width * s[14]), m + (Width * s[15]));
        }

        (Vector512.Load(h + (Width * 0)) ^ v0 ^ v8).Store(h + (Width * 0));
        (Vector512.Load(h + (Width * 1)) ^ v1 ^ v9).Store(h + (Width * 1));
        (Vector512.Load(h + (Width * 2)) ^ v2 ^ v10).Store(h + (Width * 2));
        (Vector512.Load(h + (Width * 3)) ^ v3 ^ v11).Store(h + (Width * 3));
        (Vector512.Load(h + (Width * 4)) ^ v4 ^ v12).Store(h + (Width * 4));
        (Vector512.Load(h + (Width * 5)) ^ v5 ^ v13).Store(h + (Width * 5));
        (Vector512.Load(h + (Width * 6)) ^ v6 ^ v14).Store(h + (Width * 6));
        (Vector512.Load(h + (Width * 7)) ^ v7 ^ v15).Store(h + (Width * 7));
    }

    /// <summary>Begins the chains of those lanes anew that are at a message's first block.</summary>
    private static unsafe void Begin(Blake2bLaneState* state)
    {
        Vector512<ulong> first = Vector512.Load(state->First);
        for (int word = 0; word < 8; word++)
        {
            ulong start = Blake2bCompression.Iv[word] ^ (word == 0 ? Blake2bCompression.Parameters(Blake2bBatch.DigestLength, 0) : 0);
            ulong* row = state->Chain + (Width * word);
            Vector512.ConditionalSelect(first, Vector512.Create(start), Vector512.Load(row)).Store(row);
        }
    }

    /// <summary>The mixing function G of RFC 7693 §3.1 in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Mix(ref Vector512<ulong> a, ref Vector512<ulong> b, ref Vector512<ulong> c, ref Vector512<ulong> d, ulong* x, ulong* y)
    {
        a = a + Vector512.Load(x) + b;
        d = Avx512F.RotateRight(d ^ a, 32);
        c += d;
        b = Avx512F.RotateRight(b ^ c, 24);
        a = a + Vector512.Load(y) + b;
        d = Avx512F.RotateRight(d ^ a, 16);
        c += d;
        b = Avx512F.RotateRight(b ^ c, 63);
    }

    /// <summary>Turns the blocks of eight lanes into sixteen vectors, each with one word of all lanes.</summary>
    private static unsafe void Transpose(ulong* blocks, ulong* words)
    {
        for (int half = 0; half < 2; half++)
        {
            Vector512<ulong> r0 = Vector512.Load((ulong*)blocks[0] + (8 * half)), r1 = Vector512.Load((ulong*)blocks[1] + (8 * half));
            Vector512<ulong> r2 = Vector512.Load((ulong*)blocks[2] + (8 * half)), r3 = Vector512.Load((ulong*)blocks[3] + (8 * half));
            Vector512<ulong> r4 = Vector512.Load((ulong*)blocks[4] + (8 * half)), r5 = Vector512.Load((ulong*)blocks[5] + (8 * half));
            Vector512<ulong> r6 = Vector512.Load((ulong*)blocks[6] + (8 * half)), r7 = Vector512.Load((ulong*)blocks[7] + (8 * half));

            // Pairs of lanes: even words in the low, odd words in the high unpacks.
            Vector512<ulong> a0 = Avx512F.UnpackLow(r0, r1), a1 = Avx512F.UnpackHigh(r0, r1);
            Vector512<ulong> a2 = Avx512F.UnpackLow(r2, r3), a3 = Avx512F.UnpackHigh(r2, r3);
            Vector512<ulong> a4 = Avx512F.UnpackLow(r4, r5), a5 = Avx512F.UnpackHigh(r4, r5);
            Vector512<ulong> a6 = Avx512F.UnpackLow(r6, r7), a7 = Avx512F.UnpackHigh(r6, r7);

            ulong* target = words + (8 * Width * half);
            Gather(a0, a2, a4, a6, target);
            Gather(a1, a3, a5, a7, target + Width);
        }
    }

    /// <summary>Transposes a 4×4 matrix of pairs and stores its columns two rows apart.</summary>
    private static unsafe void Gather(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c, Vector512<ulong> d, ulong* target)
    {
        Vector512<ulong> ab0 = Avx512F.Shuffle4x128(a, b, 0b10_00_10_00), ab1 = Avx512F.Shuffle4x128(a, b, 0b11_01_11_01);
        Vector512<ulong> cd0 = Avx512F.Shuffle4x128(c, d, 0b10_00_10_00), cd1 = Avx512F.Shuffle4x128(c, d, 0b11_01_11_01);
        Avx512F.Shuffle4x128(ab0, cd0, 0b10_00_10_00).Store(target);
        Avx512F.Shuffle4x128(ab1, cd1, 0b10_00_10_00).Store(target + (2 * Width));
        Avx512F.Shuffle4x128(ab0, cd0, 0b11_01_11_01).Store(target + (4 * Width));
        Avx512F.Shuffle4x128(ab1, cd1, 0b11_01_11_01).Store(target + (6 * Width));
    }
}
