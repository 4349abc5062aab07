using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Phala.Crypto.Curve25519.FourLane;

/// <summary>A point prepared for additions: Y − X, Y + X, 2 Z and 2 d T in four lanes, limbs below 2^27.1. Constant time.</summary>
internal struct ParallelCachedPoint
{
    private const byte Lanes01 = 0b00_00_11_11, Lane3 = 0b11_00_00_00;

    private static readonly FieldElement4 Scale =
        FieldElement4.Pack(FieldElement.One, FieldElement.One, new FieldElement(2, 0, 0, 0, 0), FieldConstants.D2);

    internal FieldElement4 Coordinates;

    internal static ParallelCachedPoint Identity { get; } = From(ParallelPoint.From(EdwardsPoint.Identity));

    [SkipLocalsInit]
    internal static ParallelCachedPoint From(in ParallelPoint p)
    {
        ParallelCachedPoint cached;
        ref readonly FieldElement4 c = ref p.Coordinates;
        ref readonly FieldElement4 scale = ref Scale;
        FieldMultiplication4.Multiply(
            ParallelPoint.Differences(c.V0, Lanes.TwoP0), ParallelPoint.Differences(c.V1, Lanes.TwoP), ParallelPoint.Differences(c.V2, Lanes.TwoP),
            ParallelPoint.Differences(c.V3, Lanes.TwoP), ParallelPoint.Differences(c.V4, Lanes.TwoP),
            scale.V0, scale.V1, scale.V2, scale.V3, scale.V4,
            out cached.Coordinates.V0, out cached.Coordinates.V1, out cached.Coordinates.V2, out cached.Coordinates.V3, out cached.Coordinates.V4);
        return cached;
    }

    /// <summary>−P: the first two lanes change places, and the last changes sign.</summary>
    internal readonly ParallelCachedPoint Negate()
    {
        ParallelCachedPoint r;
        r.Coordinates.V0 = Negate(Coordinates.V0, Lanes.TwoP0);
        r.Coordinates.V1 = Negate(Coordinates.V1, Lanes.TwoP);
        r.Coordinates.V2 = Negate(Coordinates.V2, Lanes.TwoP);
        r.Coordinates.V3 = Negate(Coordinates.V3, Lanes.TwoP);
        r.Coordinates.V4 = Negate(Coordinates.V4, Lanes.TwoP);
        return r;
    }

    /// <summary>digit · P from P, 2 P, … 8 P, −8 ≤ digit ≤ 8: all entries are read, and masks choose.</summary>
    internal static void Lookup(ReadOnlySpan<ParallelCachedPoint> multiples, int digit, out ParallelCachedPoint result)
    {
        int sign = digit >> 31;
        Vector256<uint> absolute = Vector256.Create((uint)((digit ^ sign) - sign));
        ParallelCachedPoint identity = Identity;
        Vector256<uint> v0 = identity.Coordinates.V0, v1 = identity.Coordinates.V1, v2 = identity.Coordinates.V2;
        Vector256<uint> v3 = identity.Coordinates.V3, v4 = identity.Coordinates.V4;
        for (int i = 0; i < multiples.Length; i++)
        {
            Vector256<uint> mask = Vector256.Equals(absolute, Vector256.Create((uint)i + 1));
            ref readonly FieldElement4 entry = ref multiples[i].Coordinates;
            v0 = Vector256.ConditionalSelect(mask, entry.V0, v0);
            v1 = Vector256.ConditionalSelect(mask, entry.V1, v1);
            v2 = Vector256.ConditionalSelect(mask, entry.V2, v2);
            v3 = Vector256.ConditionalSelect(mask, entry.V3, v3);
            v4 = Vector256.ConditionalSelect(mask, entry.V4, v4);
        }

        Vector256<uint> negative = Vector256.Create((uint)sign);
        result.Coordinates.V0 = Vector256.ConditionalSelect(negative, Negate(v0, Lanes.TwoP0), v0);
        result.Coordinates.V1 = Vector256.ConditionalSelect(negative, Negate(v1, Lanes.TwoP), v1);
        result.Coordinates.V2 = Vector256.ConditionalSelect(negative, Negate(v2, Lanes.TwoP), v2);
        result.Coordinates.V3 = Vector256.ConditionalSelect(negative, Negate(v3, Lanes.TwoP), v3);
        result.Coordinates.V4 = Vector256.ConditionalSelect(negative, Negate(v4, Lanes.TwoP), v4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Negate(Vector256<uint> v, Vector256<uint> twoP) =>
        Avx2.Blend(Avx2.Blend(v, Lanes.SwapPairs(v), Lanes01), twoP - v, Lane3);
}
