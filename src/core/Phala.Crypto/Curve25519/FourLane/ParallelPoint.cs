using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Phala.Crypto.Curve25519.FourLane;

/// <summary>
/// A point of edwards25519 whose extended coordinates X, Y, Z, T are the four lanes of one <see cref="FieldElement4"/>, reduced: the formulas of Hisil, Wong,
/// Carter and Dawson (2008, §4) need two four-lane products for an addition, one square and one product for a doubling. Constant time.
/// </summary>
internal struct ParallelPoint
{
    // Blend masks: two bits for each 64-bit lane.
    private const byte Lane0 = 0b00_00_00_11, Lane1 = 0b00_00_11_00, Lane3 = 0b11_00_00_00;

    internal FieldElement4 Coordinates;

    internal static ParallelPoint From(in EdwardsPoint p) => new() { Coordinates = FieldElement4.Pack(p.X, p.Y, p.Z, p.T) };

    internal readonly EdwardsPoint ToExtended() => new(Coordinates.Lane(0), Coordinates.Lane(1), Coordinates.Lane(2), Coordinates.Lane(3));

    /// <summary>Doubles this point in place, <paramref name="times"/> times, without leaving the registers.</summary>
    [SkipLocalsInit]
    internal void Double(int times)
    {
        Vector256<uint> c0 = Coordinates.V0, c1 = Coordinates.V1, c2 = Coordinates.V2, c3 = Coordinates.V3, c4 = Coordinates.V4;
        for (int i = 0; i < times; i++)
        {
            FieldMultiplication4.Square(
                SumInLaneT(c0), SumInLaneT(c1), SumInLaneT(c2), SumInLaneT(c3), SumInLaneT(c4), out c0, out c1, out c2, out c3, out c4);
            c0 = DoublingFactors(c0, Lanes.TwoP0, out Vector256<uint> r0);
            c1 = DoublingFactors(c1, Lanes.TwoP, out Vector256<uint> r1);
            c2 = DoublingFactors(c2, Lanes.TwoP, out Vector256<uint> r2);
            c3 = DoublingFactors(c3, Lanes.TwoP, out Vector256<uint> r3);
            c4 = DoublingFactors(c4, Lanes.TwoP, out Vector256<uint> r4);
            FieldMultiplication4.Multiply(c0, c1, c2, c3, c4, r0, r1, r2, r3, r4, out c0, out c1, out c2, out c3, out c4);
        }

        Coordinates.V0 = c0;
        Coordinates.V1 = c1;
        Coordinates.V2 = c2;
        Coordinates.V3 = c3;
        Coordinates.V4 = c4;
    }

    /// <summary>this += Q.</summary>
    [SkipLocalsInit]
    internal void Add(in ParallelCachedPoint q)
    {
        ref readonly FieldElement4 t = ref q.Coordinates;
        FieldMultiplication4.Multiply(
            Differences(Coordinates.V0, Lanes.TwoP0), Differences(Coordinates.V1, Lanes.TwoP), Differences(Coordinates.V2, Lanes.TwoP),
            Differences(Coordinates.V3, Lanes.TwoP), Differences(Coordinates.V4, Lanes.TwoP), t.V0, t.V1, t.V2, t.V3, t.V4,
            out Vector256<uint> l0, out Vector256<uint> l1, out Vector256<uint> l2, out Vector256<uint> l3, out Vector256<uint> l4);
        l0 = AdditionFactors(l0, Lanes.TwoP0, out Vector256<uint> r0);
        l1 = AdditionFactors(l1, Lanes.TwoP, out Vector256<uint> r1);
        l2 = AdditionFactors(l2, Lanes.TwoP, out Vector256<uint> r2);
        l3 = AdditionFactors(l3, Lanes.TwoP, out Vector256<uint> r3);
        l4 = AdditionFactors(l4, Lanes.TwoP, out Vector256<uint> r4);
        FieldMultiplication4.Multiply(
            l0, l1, l2, l3, l4, r0, r1, r2, r3, r4,
            out Coordinates.V0, out Coordinates.V1, out Coordinates.V2, out Coordinates.V3, out Coordinates.V4);
    }

    /// <summary>(X, Y, Z, T) to (Y − X, Y + X, Z, T); limbs below 2^27.6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<uint> Differences(Vector256<uint> v, Vector256<uint> twoP)
    {
        Vector256<uint> swapped = Lanes.SwapPairs(v);
        return Avx2.Blend(Avx2.Blend(v, swapped + twoP - v, Lane0), swapped + v, Lane1);
    }

    /// <summary>(X, Y, Z, T) to (X, Y, Z, X + Y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> SumInLaneT(Vector256<uint> v) =>
        Avx2.Blend(v, Lanes.Permute(v, 0b00_00_00_00) + Lanes.Permute(v, 0b01_01_01_01), Lane3);

    /// <summary>
    /// (S1, S2, S3, S4) = (X², Y², Z², (X + Y)²) to (S8, S5, S8, S5) and (S9, S6, S6, S9), where S5 = S1 + S2, S6 = S1 − S2, S8 = 2 S3 + S6, S9 = S5 − S4:
    /// their products are −X, −Y, −Z, −T of 2 P. Even limbs of S8 stay below 2^28.4, odd ones below 2^27.4; those of S9 would exceed 2^27.75 and are carried.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> DoublingFactors(Vector256<uint> s, Vector256<uint> twoP, out Vector256<uint> right)
    {
        Vector256<uint> s1 = Lanes.Permute(s, 0b00_00_00_00);
        Vector256<uint> s2 = Lanes.Permute(s, 0b01_01_01_01);
        Vector256<uint> s3 = Lanes.Permute(s, 0b10_10_10_10);
        Vector256<uint> s4 = Lanes.Permute(s, 0b11_11_11_11);
        Vector256<uint> s5 = s1 + s2;
        Vector256<uint> s6 = s1 + twoP - s2;
        right = Lanes.CarryEven(Avx2.Blend(s6, s5 + twoP - s4, Lane0 | Lane3));
        return Avx2.Blend(s6 + s3 + s3, s5, Lane1 | Lane3);
    }

    /// <summary>
    /// (A, B, D, C) of an addition to (E, G, F, E) and (F, H, G, H), where E = B − A, F = D − C, G = D + C, H = B + A: their products are X, Y, Z, T of the sum.
    /// All limbs stay below 2^27.6.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> AdditionFactors(Vector256<uint> s, Vector256<uint> twoP, out Vector256<uint> right)
    {
        Vector256<uint> swapped = Lanes.SwapPairs(s);
        Vector256<uint> ehgf = Avx2.Blend(swapped + s, swapped + twoP - s, Lane0 | Lane3);
        right = Lanes.Permute(ehgf, 0b01_10_01_11);
        return Lanes.Permute(ehgf, 0b00_11_10_00);
    }
}
