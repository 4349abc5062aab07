using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Phala.Crypto.Curve25519.FourLane;

/// <summary>Products and squares of four field elements at a time. Constant time.</summary>
/// <remarks>
/// The multiplier takes the low 32 bits of each lane, so an even limb needs no unpacking and an odd one a single shift. Written flat and in operand
/// scanning order (one limb of a against all of b) because ten accumulators, two forms of that limb and b's limbs are what the registers hold.
/// Bounds: with even limbs of a below 2^28.4 and odd ones below 2^27.4, limbs of b below 2^27.75: 19 times a limb of b is below
/// 2^32, twice an odd limb of a is below 2^29, and a column is below 249 · 2^51 · 2^2.4 · 2^1.75 &lt; 2^63.2. The largest carry is then below 2^38.2.
/// </remarks>
internal static class FieldMultiplication4
{
    private const ulong Mask26 = (1UL << 26) - 1, Mask25 = (1UL << 25) - 1;

    /// <summary>The four products, reduced. The destination may be an operand.</summary>
    [SkipLocalsInit]
    internal static void Multiply(in FieldElement4 a, in FieldElement4 b, out FieldElement4 product) => Multiply(
        a.V0, a.V1, a.V2, a.V3, a.V4, b.V0, b.V1, b.V2, b.V3, b.V4, out product.V0, out product.V1, out product.V2, out product.V3, out product.V4);

    /// <summary>The four squares, reduced; limbs below 2^27.4. The destination may be the operand.</summary>
    [SkipLocalsInit]
    internal static void Square(in FieldElement4 a, out FieldElement4 square) => Square(
        a.V0, a.V1, a.V2, a.V3, a.V4, out square.V0, out square.V1, out square.V2, out square.V3, out square.V4);

    /// <summary>Repeated squares, all in registers.</summary>
    [SkipLocalsInit]
    internal static void SquareTimes(in FieldElement4 a, int count, out FieldElement4 result)
    {
        Vector256<uint> v0 = a.V0, v1 = a.V1, v2 = a.V2, v3 = a.V3, v4 = a.V4;
        for (int i = 0; i < count; i++) Square(v0, v1, v2, v3, v4, out v0, out v1, out v2, out v3, out v4);
        result.V0 = v0;
        result.V1 = v1;
        result.V2 = v2;
        result.V3 = v3;
        result.V4 = v4;
    }

    /// <summary>The products for callers that keep vectors in registers: passing through memory costs a tenth, and three times that across cache lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Multiply(
        Vector256<uint> a0, Vector256<uint> a1, Vector256<uint> a2, Vector256<uint> a3, Vector256<uint> a4,
        Vector256<uint> b0, Vector256<uint> b1, Vector256<uint> b2, Vector256<uint> b3, Vector256<uint> b4,
        out Vector256<uint> p0, out Vector256<uint> p1, out Vector256<uint> p2, out Vector256<uint> p3, out Vector256<uint> p4)
    {
        Vector256<uint> nineteen = Vector256.Create(19UL).AsUInt32();

        // y's limbs stay in registers or on the stack; the ones that wrap around come with their factor 19.
        Vector256<uint> y0 = b0;
        Vector256<uint> y1 = (b0.AsUInt64() >>> 32).AsUInt32();
        Vector256<uint> y2 = b1;
        Vector256<uint> y3 = (b1.AsUInt64() >>> 32).AsUInt32();
        Vector256<uint> y4 = b2;
        Vector256<uint> y5 = (b2.AsUInt64() >>> 32).AsUInt32();
        Vector256<uint> y6 = b3;
        Vector256<uint> y7 = (b3.AsUInt64() >>> 32).AsUInt32();
        Vector256<uint> y8 = b4;
        Vector256<uint> y9 = (b4.AsUInt64() >>> 32).AsUInt32();
        Vector256<uint> z1 = Avx2.Multiply(y1, nineteen).AsUInt32();
        Vector256<uint> z2 = Avx2.Multiply(y2, nineteen).AsUInt32();
        Vector256<uint> z3 = Avx2.Multiply(y3, nineteen).AsUInt32();
        Vector256<uint> z4 = Avx2.Multiply(y4, nineteen).AsUInt32();
        Vector256<uint> z5 = Avx2.Multiply(y5, nineteen).AsUInt32();
        Vector256<uint> z6 = Avx2.Multiply(y6, nineteen).AsUInt32();
        Vector256<uint> z7 = Avx2.Multiply(y7, nineteen).AsUInt32();
        Vector256<uint> z8 = Avx2.Multiply(y8, nineteen).AsUInt32();
        Vector256<uint> z9 = Avx2.Multiply(y9, nineteen).AsUInt32();

        Vector256<uint> x = a0;
        Vector256<ulong> r0 = Avx2.Multiply(x, y0);
        Vector256<ulong> r1 = Avx2.Multiply(x, y1);
        Vector256<ulong> r2 = Avx2.Multiply(x, y2);
        Vector256<ulong> r3 = Avx2.Multiply(x, y3);
        Vector256<ulong> r4 = Avx2.Multiply(x, y4);
        Vector256<ulong> r5 = Avx2.Multiply(x, y5);
        Vector256<ulong> r6 = Avx2.Multiply(x, y6);
        Vector256<ulong> r7 = Avx2.Multiply(x, y7);
        Vector256<ulong> r8 = Avx2.Multiply(x, y8);
        Vector256<ulong> r9 = Avx2.Multiply(x, y9);

        x = (x.AsUInt64() >>> 32).AsUInt32();
        Vector256<uint> xx = x + x;
        r1 += Avx2.Multiply(x, y0);
        r2 += Avx2.Multiply(xx, y1);
        r3 += Avx2.Multiply(x, y2);
        r4 += Avx2.Multiply(xx, y3);
        r5 += Avx2.Multiply(x, y4);
        r6 += Avx2.Multiply(xx, y5);
        r7 += Avx2.Multiply(x, y6);
        r8 += Avx2.Multiply(xx, y7);
        r9 += Avx2.Multiply(x, y8);
        r0 += Avx2.Multiply(xx, z9);

        x = a1;
        r2 += Avx2.Multiply(x, y0);
        r3 += Avx2.Multiply(x, y1);
        r4 += Avx2.Multiply(x, y2);
        r5 += Avx2.Multiply(x, y3);
        r6 += Avx2.Multiply(x, y4);
        r7 += Avx2.Multiply(x, y5);
        r8 += Avx2.Multiply(x, y6);
        r9 += Avx2.Multiply(x, y7);
        r0 += Avx2.Multiply(x, z8);
        r1 += Avx2.Multiply(x, z9);

        x = (x.AsUInt64() >>> 32).AsUInt32();
        xx = x + x;
        r3 += Avx2.Multiply(x, y0);
        r4 += Avx2.Multiply(xx, y1);
        r5 += Avx2.Multiply(x, y2);
        r6 += Avx2.Multiply(xx, y3);
        r7 += Avx2.Multiply(x, y4);
        r8 += Avx2.Multiply(xx, y5);
        r9 += Avx2.Multiply(x, y6);
        r0 += Avx2.Multiply(xx, z7);
        r1 += Avx2.Multiply(x, z8);
        r2 += Avx2.Multiply(xx, z9);

        x = a2;
        r4 += Avx2.Multiply(x, y0);
        r5 += Avx2.Multiply(x, y1);
        r6 += Avx2.Multiply(x, y2);
        r7 += Avx2.Multiply(x, y3);
        r8 += Avx2.Multiply(x, y4);
        r9 += Avx2.Multiply(x, y5);
        r0 += Avx2.Multiply(x, z6);
        r1 += Avx2.Multiply(x, z7);
        r2 += Avx2.Multiply(x, z8);
        r3 += Avx2.Multiply(x, z9);

        x = (x.AsUInt64() >>> 32).AsUInt32();
        xx = x + x;
        r5 += Avx2.Multiply(x, y0);
        r6 += Avx2.Multiply(xx, y1);
        r7 += Avx2.Multiply(x, y2);
        r8 += Avx2.Multiply(xx, y3);
        r9 += Avx2.Multiply(x, y4);
        r0 += Avx2.Multiply(xx, z5);
        r1 += Avx2.Multiply(x, z6);
        r2 += Avx2.Multiply(xx, z7);
        r3 += Avx2.Multiply(x, z8);
        r4 += Avx2.Multiply(xx, z9);

        x = a3;
        r6 += Avx2.Multiply(x, y0);
        r7 += Avx2.Multiply(x, y1);
        r8 += Avx2.Multiply(x, y2);
        r9 += Avx2.Multiply(x, y3);
        r0 += Avx2.Multiply(x, z4);
        r1 += Avx2.Multiply(x, z5);
        r2 += Avx2.Multiply(x, z6);
        r3 += Avx2.Multiply(x, z7);
        r4 += Avx2.Multiply(x, z8);
        r5 += Avx2.Multiply(x, z9);

        x = (x.AsUInt64() >>> 32).AsUInt32();
        xx = x + x;
        r7 += Avx2.Multiply(x, y0);
        r8 += Avx2.Multiply(xx, y1);
        r9 += Avx2.Multiply(x, y2);
        r0 += Avx2.Multiply(xx, z3);
        r1 += Avx2.Multiply(x, z4);
        r2 += Avx2.Multiply(xx, z5);
        r3 += Avx2.Multiply(x, z6);
        r4 += Avx2.Multiply(xx, z7);
        r5 += Avx2.Multiply(x, z8);
        r6 += Avx2.Multiply(xx, z9);

        x = a4;
        r8 += Avx2.Multiply(x, y0);
        r9 += Avx2.Multiply(x, y1);
        r0 += Avx2.Multiply(x, z2);
        r1 += Avx2.Multiply(x, z3);
        r2 += Avx2.Multiply(x, z4);
        r3 += Avx2.Multiply(x, z5);
        r4 += Avx2.Multiply(x, z6);
        r5 += Avx2.Multiply(x, z7);
        r6 += Avx2.Multiply(x, z8);
        r7 += Avx2.Multiply(x, z9);

        x = (x.AsUInt64() >>> 32).AsUInt32();
        xx = x + x;
        r9 += Avx2.Multiply(x, y0);
        r0 += Avx2.Multiply(xx, z1);
        r1 += Avx2.Multiply(x, z2);
        r2 += Avx2.Multiply(xx, z3);
        r3 += Avx2.Multiply(x, z4);
        r4 += Avx2.Multiply(xx, z5);
        r5 += Avx2.Multiply(x, z6);
        r6 += Avx2.Multiply(xx, z7);
        r7 += Avx2.Multiply(x, z8);
        r8 += Avx2.Multiply(xx, z9);

        Reduce(r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, out p0, out p1, out p2, out p3, out p4);
    }

    /// <summary>The squares for callers that keep vectors in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Square(
        Vector256<uint> a0, Vector256<uint> a1, Vector256<uint> a2, Vector256<uint> a3, Vector256<uint> a4,
        out Vector256<uint> p0, out Vector256<uint> p1, out Vector256<uint> p2, out Vector256<uint> p3, out Vector256<uint> p4)
    {
        Vector256<uint> nineteen = Vector256.Create(19UL).AsUInt32();

        Vector256<uint> x0 = a0;
        Vector256<uint> x1 = (a0.AsUInt64() >>> 32).AsUInt32();
        Vector256<uint> x2 = a1;
        Vector256<uint> x3 = (a1.AsUInt64() >>> 32).AsUInt32();
        Vector256<uint> x4 = a2;
        Vector256<uint> x5 = (a2.AsUInt64() >>> 32).AsUInt32();
        Vector256<uint> x6 = a3;
        Vector256<uint> x7 = (a3.AsUInt64() >>> 32).AsUInt32();
        Vector256<uint> x8 = a4;
        Vector256<uint> x9 = (a4.AsUInt64() >>> 32).AsUInt32();
        Vector256<uint> z5 = Avx2.Multiply(x5, nineteen).AsUInt32();
        Vector256<uint> z6 = Avx2.Multiply(x6, nineteen).AsUInt32();
        Vector256<uint> z7 = Avx2.Multiply(x7, nineteen).AsUInt32();
        Vector256<uint> z8 = Avx2.Multiply(x8, nineteen).AsUInt32();
        Vector256<uint> z9 = Avx2.Multiply(x9, nineteen).AsUInt32();

        Vector256<uint> d0 = x0 + x0;
        Vector256<ulong> r0 = Avx2.Multiply(x0, x0);
        Vector256<ulong> r1 = Avx2.Multiply(d0, x1);
        Vector256<ulong> r2 = Avx2.Multiply(d0, x2);
        Vector256<ulong> r3 = Avx2.Multiply(d0, x3);
        Vector256<ulong> r4 = Avx2.Multiply(d0, x4);
        Vector256<ulong> r5 = Avx2.Multiply(d0, x5);
        Vector256<ulong> r6 = Avx2.Multiply(d0, x6);
        Vector256<ulong> r7 = Avx2.Multiply(d0, x7);
        Vector256<ulong> r8 = Avx2.Multiply(d0, x8);
        Vector256<ulong> r9 = Avx2.Multiply(d0, x9);

        Vector256<uint> d1 = x1 + x1;
        Vector256<uint> q1 = d1 + d1;
        r2 += Avx2.Multiply(d1, x1);
        r3 += Avx2.Multiply(d1, x2);
        r4 += Avx2.Multiply(q1, x3);
        r5 += Avx2.Multiply(d1, x4);
        r6 += Avx2.Multiply(q1, x5);
        r7 += Avx2.Multiply(d1, x6);
        r8 += Avx2.Multiply(q1, x7);
        r9 += Avx2.Multiply(d1, x8);
        r0 += Avx2.Multiply(q1, z9);

        Vector256<uint> d2 = x2 + x2;
        r4 += Avx2.Multiply(x2, x2);
        r5 += Avx2.Multiply(d2, x3);
        r6 += Avx2.Multiply(d2, x4);
        r7 += Avx2.Multiply(d2, x5);
        r8 += Avx2.Multiply(d2, x6);
        r9 += Avx2.Multiply(d2, x7);
        r0 += Avx2.Multiply(d2, z8);
        r1 += Avx2.Multiply(d2, z9);

        Vector256<uint> d3 = x3 + x3;
        Vector256<uint> q3 = d3 + d3;
        r6 += Avx2.Multiply(d3, x3);
        r7 += Avx2.Multiply(d3, x4);
        r8 += Avx2.Multiply(q3, x5);
        r9 += Avx2.Multiply(d3, x6);
        r0 += Avx2.Multiply(q3, z7);
        r1 += Avx2.Multiply(d3, z8);
        r2 += Avx2.Multiply(q3, z9);

        Vector256<uint> d4 = x4 + x4;
        r8 += Avx2.Multiply(x4, x4);
        r9 += Avx2.Multiply(d4, x5);
        r0 += Avx2.Multiply(d4, z6);
        r1 += Avx2.Multiply(d4, z7);
        r2 += Avx2.Multiply(d4, z8);
        r3 += Avx2.Multiply(d4, z9);

        Vector256<uint> d5 = x5 + x5;
        Vector256<uint> q5 = d5 + d5;
        r0 += Avx2.Multiply(d5, z5);
        r1 += Avx2.Multiply(d5, z6);
        r2 += Avx2.Multiply(q5, z7);
        r3 += Avx2.Multiply(d5, z8);
        r4 += Avx2.Multiply(q5, z9);

        Vector256<uint> d6 = x6 + x6;
        r2 += Avx2.Multiply(x6, z6);
        r3 += Avx2.Multiply(d6, z7);
        r4 += Avx2.Multiply(d6, z8);
        r5 += Avx2.Multiply(d6, z9);

        Vector256<uint> d7 = x7 + x7;
        Vector256<uint> q7 = d7 + d7;
        r4 += Avx2.Multiply(d7, z7);
        r5 += Avx2.Multiply(d7, z8);
        r6 += Avx2.Multiply(q7, z9);

        Vector256<uint> d8 = x8 + x8;
        r6 += Avx2.Multiply(x8, z8);
        r7 += Avx2.Multiply(d8, z9);

        Vector256<uint> d9 = x9 + x9;
        r8 += Avx2.Multiply(d9, z9);

        Reduce(r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, out p0, out p1, out p2, out p3, out p4);
    }

    /// <summary>Carries, in two chains side by side (from limbs 0 and 4), and the packing of limbs.</summary>
    /// <remarks>The carry out of limb 9 is below 2^38.2, so limb 0 receives less than 2^42.5 and passes on less than 2^17 to limb 1; likewise 4 to 5.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(
        Vector256<ulong> r0, Vector256<ulong> r1, Vector256<ulong> r2, Vector256<ulong> r3, Vector256<ulong> r4,
        Vector256<ulong> r5, Vector256<ulong> r6, Vector256<ulong> r7, Vector256<ulong> r8, Vector256<ulong> r9,
        out Vector256<uint> p0, out Vector256<uint> p1, out Vector256<uint> p2, out Vector256<uint> p3, out Vector256<uint> p4)
    {
        Vector256<ulong> mask26 = Vector256.Create(Mask26), mask25 = Vector256.Create(Mask25);

        r1 += r0 >>> 26;
        r5 += r4 >>> 26;
        r0 &= mask26;
        r4 &= mask26;
        r2 += r1 >>> 25;
        r6 += r5 >>> 25;
        r1 &= mask25;
        r5 &= mask25;
        r3 += r2 >>> 26;
        r7 += r6 >>> 26;
        r2 &= mask26;
        r6 &= mask26;
        r4 += r3 >>> 25;
        r8 += r7 >>> 25;
        r3 &= mask25;
        r7 &= mask25;
        r5 += r4 >>> 26;
        r9 += r8 >>> 26;
        r4 &= mask26;
        r8 &= mask26;

        Vector256<ulong> c = r9 >>> 25;
        r9 &= mask25;
        r0 += (c + (c << 1)) + (c << 4);
        r1 += r0 >>> 26;
        r0 &= mask26;

        p0 = (r0 | (r1 << 32)).AsUInt32();
        p1 = (r2 | (r3 << 32)).AsUInt32();
        p2 = (r4 | (r5 << 32)).AsUInt32();
        p3 = (r6 | (r7 << 32)).AsUInt32();
        p4 = (r8 | (r9 << 32)).AsUInt32();
    }
}
