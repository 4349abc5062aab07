using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Phala.Crypto.Curve25519.FourLane;

/// <summary>
/// Four field elements side by side, in ten limbs of radix 2^25.5: 64-bit lane k of vector i holds limb 2 i (26 bits) of element k in its low half and
/// limb 2 i + 1 (25 bits) in its high half. Needs AVX2.
/// </summary>
/// <remarks>
/// Invariant: a value is <em>reduced</em> when even limbs are below 2^26 + 2^18 and odd ones below 2^25 + 2^18: what products are.
/// Sums and differences are not reduced; <see cref="FieldMultiplication4"/> says how large its operands may be.
/// Trust: constant time; no branch and no index depends on a limb.
/// </remarks>
internal struct FieldElement4
{
    private const ulong Mask26 = (1UL << 26) - 1;

    /// <summary>Vector i holds limbs 2 i and 2 i + 1.</summary>
    internal Vector256<uint> V0, V1, V2, V3, V4;

    /// <summary>Four tight elements; the result is reduced.</summary>
    internal static FieldElement4 Pack(in FieldElement a, in FieldElement b, in FieldElement c, in FieldElement d)
    {
        FieldElement4 packed;
        packed.V0 = Split(Vector256.Create(a.L0, b.L0, c.L0, d.L0));
        packed.V1 = Split(Vector256.Create(a.L1, b.L1, c.L1, d.L1));
        packed.V2 = Split(Vector256.Create(a.L2, b.L2, c.L2, d.L2));
        packed.V3 = Split(Vector256.Create(a.L3, b.L3, c.L3, d.L3));
        packed.V4 = Split(Vector256.Create(a.L4, b.L4, c.L4, d.L4));
        return packed;
    }

    /// <summary>The element of a lane, 0 to 3 (public); tight.</summary>
    internal readonly FieldElement Lane(int lane) =>
        new FieldElement(Join(V0, lane), Join(V1, lane), Join(V2, lane), Join(V3, lane), Join(V4, lane)) + FieldElement.Zero;

    /// <summary>A limb of radix 2^51 is 26 bits and 25 bits: the high part moves up to bit 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Split(Vector256<ulong> limb) => ((limb & Vector256.Create(Mask26)) | ((limb >>> 26) << 32)).AsUInt32();

    private static ulong Join(Vector256<uint> pairs, int lane) => pairs.GetElement(2 * lane) + ((ulong)pairs.GetElement((2 * lane) + 1) << 26);
}
