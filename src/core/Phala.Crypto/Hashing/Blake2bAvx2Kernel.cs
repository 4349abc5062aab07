using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Phala.Crypto.Hashing;

/// <summary>Four chains of BLAKE2b side by side in 256-bit registers.</summary>
/// <remarks>Unsafe: a lane's block is an address in the state; rows of words are loaded and stored at offsets fixed by the width, inside the state.</remarks>
internal readonly struct Blake2bAvx2Kernel : IBlake2bLaneKernel
{
    private const int Width = 4;

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
        Vector256<ulong> v0 = Vector256.Load(h + (Width * 0));
        Vector256<ulong> v1 = Vector256.Load(h + (Width * 1));
        Vector256<ulong> v2 = Vector256.Load(h + (Width * 2));
        Vector256<ulong> v3 = Vector256.Load(h + (Width * 3));
        Vector256<ulong> v4 = Vector256.Load(h + (Width * 4));
        Vector256<ulong> v5 = Vector256.Load(h + (Width * 5));
        Vector256<ulong> v6 = Vector256.Load(h + (Width * 6));
        Vector256<ulong> v7 = Vector256.Load(h + (Width * 7));
        Vector256<ulong> v8 = Vector256.Create(iv[0]);
        Vector256<ulong> v9 = Vector256.Create(iv[1]);
        Vector256<ulong> v10 = Vector256.Create(iv[2]);
        Vector256<ulong> v11 = Vector256.Create(iv[3]);
        Vector256<ulong> v12 = Vector256.Create(iv[4]) ^ Vector256.Load(state->Counter);
        Vector256<ulong> v13 = Vector256.Create(iv[5]);
        Vector256<ulong> v14 = Vector256.Create(iv[6]) ^ Vector256.Load(state->Last);
        Vector256<ulong> v15 = Vector256.Create(iv[7]);

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

        (Vector256.Load(h + (Width * 0)) ^ v0 ^ v8).Store(h + (Width * 0));
        (Vector256.Load(h + (Width * 1)) ^ v1 ^ v9).Store(h + (Width * 1));
        (Vector256.Load(h + (Width * 2)) ^ v2 ^ v10).Store(h + (Width * 2));
        (Vector256.Load(h + (Width * 3)) ^ v3 ^ v11).Store(h + (Width * 3));
        (Vector256.Load(h + (Width * 4)) ^ v4 ^ v12).Store(h + (Width * 4));
        (Vector256.Load(h + (Width * 5)) ^ v5 ^ v13).Store(h + (Width * 5));
        (Vector256.Load(h + (Width * 6)) ^ v6 ^ v14).Store(h + (Width * 6));
        (Vector256.Load(h + (Width * 7)) ^ v7 ^ v15).Store(h + (Width * 7));
    }

    /// <summary>Begins the chains of those lanes anew that are at a message's first block.</summary>
    private static unsafe void Begin(Blake2bLaneState* state)
    {
        Vector256<ulong> first = Vector256.Load(state->First);
        for (int word = 0; word < 8; word++)
        {
            ulong start = Blake2bCompression.Iv[word] ^ (word == 0 ? Blake2bCompression.Parameters(Blake2bBatch.DigestLength, 0) : 0);
            ulong* row = state->Chain + (Width * word);
            Vector256.ConditionalSelect(first, Vector256.Create(start), Vector256.Load(row)).Store(row);
        }
    }

    /// <summary>The mixing function G of RFC 7693 §3.1 in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Mix(ref Vector256<ulong> a, ref Vector256<ulong> b, ref Vector256<ulong> c, ref Vector256<ulong> d, ulong* x, ulong* y)
    {
        a = a + Vector256.Load(x) + b;
        d = Blake2bAvx2.RotateRight32(d ^ a);
        c += d;
        b = Blake2bAvx2.RotateRight24(b ^ c);
        a = a + Vector256.Load(y) + b;
        d = Blake2bAvx2.RotateRight16(d ^ a);
        c += d;
        b = Blake2bAvx2.RotateRight63(b ^ c);
    }

    /// <summary>Turns the blocks of four lanes into sixteen vectors, each with one word of all lanes.</summary>
    private static unsafe void Transpose(ulong* blocks, ulong* words)
    {
        for (int at = 0; at < 16; at += 4)
        {
            Vector256<ulong> r0 = Vector256.Load((ulong*)blocks[0] + at), r1 = Vector256.Load((ulong*)blocks[1] + at);
            Vector256<ulong> r2 = Vector256.Load((ulong*)blocks[2] + at), r3 = Vector256.Load((ulong*)blocks[3] + at);
            Vector256<ulong> low01 = Avx2.UnpackLow(r0, r1), high01 = Avx2.UnpackHigh(r0, r1);
            Vector256<ulong> low23 = Avx2.UnpackLow(r2, r3), high23 = Avx2.UnpackHigh(r2, r3);
            ulong* target = words + (Width * at);
            Avx2.Permute2x128(low01, low23, 0x20).Store(target);
            Avx2.Permute2x128(high01, high23, 0x20).Store(target + Width);
            Avx2.Permute2x128(low01, low23, 0x31).Store(target + (2 * Width));
            Avx2.Permute2x128(high01, high23, 0x31).Store(target + (3 * Width));
        }
    }
}
