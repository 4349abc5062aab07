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

    /// <summary>Doubles this point in place, <paramref name="times"/> times.</summary>
    [SkipLocalsInit]
    internal void Double(int times)
    {
        ref FieldElement4 c = ref Coordinates;
        for (int i = 0; i < times; i++)
        {
            SumInLaneT(c, out FieldElement4 s);
            FieldMultiplication4.Square(s, out s);
            DoublingFactors(s, out FieldElement4 left, out FieldElement4 right);
            FieldMultiplication4.Multiply(left, right, out c);
        }
    }

    /// <summary>this += Q.</summary>
    [SkipLocalsInit]
    internal void Add(in ParallelCachedPoint q)
    {
        Differences(Coordinates, out FieldElement4 s);
        FieldMultiplication4.Multiply(s, q.Coordinates, out s);
        AdditionFactors(s, out FieldElement4 left, out FieldElement4 right);
        FieldMultiplication4.Multiply(left, right, out Coordinates);
    }

    /// <summary>(X, Y, Z, T) to (Y − X, Y + X, Z, T); limbs below 2^27.6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Differences(in FieldElement4 p, out FieldElement4 r)
    {
        r.V0 = Differences(p.V0, Lanes.TwoP0);
        r.V1 = Differences(p.V1, Lanes.TwoP);
        r.V2 = Differences(p.V2, Lanes.TwoP);
        r.V3 = Differences(p.V3, Lanes.TwoP);
        r.V4 = Differences(p.V4, Lanes.TwoP);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Differences(Vector256<uint> v, Vector256<uint> twoP)
    {
        Vector256<uint> swapped = Lanes.SwapPairs(v);
        return Avx2.Blend(Avx2.Blend(v, swapped + twoP - v, Lane0), swapped + v, Lane1);
    }

    /// <summary>(X, Y, Z, T) to (X, Y, Z, X + Y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumInLaneT(in FieldElement4 p, out FieldElement4 r)
    {
        r.V0 = SumInLaneT(p.V0);
        r.V1 = SumInLaneT(p.V1);
        r.V2 = SumInLaneT(p.V2);
        r.V3 = SumInLaneT(p.V3);
        r.V4 = SumInLaneT(p.V4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> SumInLaneT(Vector256<uint> v) =>
        Avx2.Blend(v, Lanes.Permute(v, 0b00_00_00_00) + Lanes.Permute(v, 0b01_01_01_01), Lane3);

    /// <summary>
    /// (S1, S2, S3, S4) = (X², Y², Z², (X + Y)²) to (S8, S5, S8, S5) and (S9, S6, S6, S9), where S5 = S1 + S2, S6 = S1 − S2, S8 = 2 S3 + S6, S9 = S5 − S4:
    /// their products are −X, −Y, −Z, −T of 2 P. Even limbs of S8 stay below 2^28.4, odd ones below 2^27.4; those of S9 would exceed 2^27.75 and are carried.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DoublingFactors(in FieldElement4 s, out FieldElement4 left, out FieldElement4 right)
    {
        left.V0 = DoublingFactors(s.V0, Lanes.TwoP0, out right.V0);
        left.V1 = DoublingFactors(s.V1, Lanes.TwoP, out right.V1);
        left.V2 = DoublingFactors(s.V2, Lanes.TwoP, out right.V2);
        left.V3 = DoublingFactors(s.V3, Lanes.TwoP, out right.V3);
        left.V4 = DoublingFactors(s.V4, Lanes.TwoP, out right.V4);
    }

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
    private static void AdditionFactors(in FieldElement4 s, out FieldElement4 left, out FieldElement4 right)
    {
        left.V0 = AdditionFactors(s.V0, Lanes.TwoP0, out right.V0);
        left.V1 = AdditionFactors(s.V1, Lanes.TwoP, out right.V1);
        left.V2 = AdditionFactors(s.V2, Lanes.TwoP, out right.V2);
        left.V3 = AdditionFactors(s.V3, Lanes.TwoP, out right.V3);
        left.V4 = AdditionFactors(s.V4, Lanes.TwoP, out right.V4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> AdditionFactors(Vector256<uint> s, Vector256<uint> twoP, out Vector256<uint> right)
    {
        Vector256<uint> swapped = Lanes.SwapPairs(s);
        Vector256<uint> ehgf = Avx2.Blend(swapped + s, swapped + twoP - s, Lane0 | Lane3);
        right = Lanes.Permute(ehgf, 0b01_10_01_11);
        return Lanes.Permute(ehgf, 0b00_11_10_00);
    }
}
