using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Phala.Crypto.Curve25519.FourLane;

/// <summary>
/// The Montgomery ladder of RFC 7748 §5 with (X2, Z2, X3, Z3) in four lanes: three four-lane products for each bit. Constant time: 255 equal steps, in which
/// the scalar's bits reach only the masks that exchange both points.
/// </summary>
internal static class ParallelLadder
{
    private const byte Lane0 = 0b00_00_00_11, Lane1 = 0b00_00_11_00, Lane2 = 0b00_11_00_00, Lane3 = 0b11_00_00_00;

    /// <summary>(X : Z) of k P for the clamped scalar k and P's u-coordinate.</summary>
    [SkipLocalsInit]
    internal static void Multiply(ReadOnlySpan<byte> scalar, in FieldElement u, out FieldElement x, out FieldElement z)
    {
        FieldElement4 state = FieldElement4.Pack(FieldElement.One, FieldElement.Zero, u, FieldElement.One);
        FieldElement4 weights = FieldElement4.Pack(FieldElement.One, FieldElement.Zero, FieldElement.One, u);
        uint swapped = 0;
        for (int position = 254; position >= 0; position--)
        {
            uint bit = 0U - ((uint)(scalar[position >> 3] >> (position & 7)) & 1);
            Step(ref state, weights, Vector256.Create(swapped ^ bit));
            swapped = bit;
        }

        FieldElement4 final = state;
        ulong mask = (ulong)(long)(int)swapped;
        x = FieldElement.Select(mask, final.Lane(0), final.Lane(2));
        z = FieldElement.Select(mask, final.Lane(1), final.Lane(3));
    }

    /// <summary>Exchanges both points if the mask says so, then (X2 : Z2) is doubled and (X3 : Z3) becomes their sum.</summary>
    [SkipLocalsInit]
    private static void Step(ref FieldElement4 state, in FieldElement4 weights, Vector256<uint> swap)
    {
        Vector256<uint> t0 = SumsAndDifferences(Exchange(state.V0, swap), Lanes.TwoP0), t1 = SumsAndDifferences(Exchange(state.V1, swap), Lanes.TwoP);
        Vector256<uint> t2 = SumsAndDifferences(Exchange(state.V2, swap), Lanes.TwoP), t3 = SumsAndDifferences(Exchange(state.V3, swap), Lanes.TwoP);
        Vector256<uint> t4 = SumsAndDifferences(Exchange(state.V4, swap), Lanes.TwoP);

        // (A, B, C, D) by (A, B, B, A): (AA, BB, CB, DA).
        FieldMultiplication4.Multiply(
            t0, t1, t2, t3, t4, Abba(t0), Abba(t1), Abba(t2), Abba(t3), Abba(t4), out t0, out t1, out t2, out t3, out t4);

        // (AA, E, F, G) by (BB, a24, F, G), E = AA − BB, F = DA + CB, G = ±(DA − CB): (X2, a24 E, X3, G²).
        Vector256<uint> e0 = Factors(t0, Lanes.TwoP0), e1 = Factors(t1, Lanes.TwoP), e2 = Factors(t2, Lanes.TwoP);
        Vector256<uint> e3 = Factors(t3, Lanes.TwoP), e4 = Factors(t4, Lanes.TwoP);
        Vector256<uint> a24 = Vector256.Create((ulong)MontgomeryLadder.A24).AsUInt32();
        FieldMultiplication4.Multiply(
            e0, e1, e2, e3, e4,
            Others(e0, t0, a24), Others(e1, t1, default), Others(e2, t2, default), Others(e3, t3, default), Others(e4, t4, default),
            out Vector256<uint> p0, out Vector256<uint> p1, out Vector256<uint> p2, out Vector256<uint> p3, out Vector256<uint> p4);

        // (X2, AA + a24 E, X3, G²) by (1, E, 1, u): (X2, Z2, X3, Z3).
        FieldMultiplication4.Multiply(
            PlusAA(p0, t0), PlusAA(p1, t1), PlusAA(p2, t2), PlusAA(p3, t3), PlusAA(p4, t4),
            Avx2.Blend(weights.V0, e0, Lane1), Avx2.Blend(weights.V1, e1, Lane1), Avx2.Blend(weights.V2, e2, Lane1),
            Avx2.Blend(weights.V3, e3, Lane1), Avx2.Blend(weights.V4, e4, Lane1),
            out state.V0, out state.V1, out state.V2, out state.V3, out state.V4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Exchange(Vector256<uint> v, Vector256<uint> swap) =>
        Vector256.ConditionalSelect(swap, Lanes.Permute(v, 0b01_00_11_10), v);

    /// <summary>(X2, Z2, X3, Z3) to (X2 + Z2, X2 − Z2, X3 + Z3, X3 − Z3); limbs below 2^27.6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> SumsAndDifferences(Vector256<uint> v, Vector256<uint> twoP)
    {
        Vector256<uint> swapped = Lanes.SwapPairs(v);
        return Avx2.Blend(v + swapped, swapped + twoP - v, Lane1 | Lane3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Abba(Vector256<uint> v) => Lanes.Permute(v, 0b00_01_01_00);

    /// <summary>(AA, BB, CB, DA) to (AA, AA − BB, CB + DA, CB − DA); limbs below 2^27.6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Factors(Vector256<uint> v, Vector256<uint> twoP)
    {
        Vector256<uint> swapped = Lanes.SwapPairs(v);
        return Avx2.Blend(Avx2.Blend(v, swapped + twoP - v, Lane1 | Lane3), v + swapped, Lane2);
    }

    /// <summary>(AA, E, F, G) to (BB, constant, F, G).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Others(Vector256<uint> factors, Vector256<uint> products, Vector256<uint> constant) =>
        Avx2.Blend(Avx2.Blend(factors, Lanes.SwapPairs(products), Lane0), constant, Lane1);

    /// <summary>Adds AA, lane 0 of the first products, to lane 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> PlusAA(Vector256<uint> v, Vector256<uint> products) => Avx2.Blend(v, v + Lanes.SwapPairs(products), Lane1);
}
