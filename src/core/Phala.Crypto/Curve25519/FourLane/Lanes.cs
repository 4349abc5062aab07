using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Phala.Crypto.Curve25519.FourLane;

/// <summary>Moves of 64-bit lanes and lane-wise sums of limb pairs, for one vector of a <see cref="FieldElement4"/>.</summary>
internal static class Lanes
{
    /// <summary>2 p in limbs above any reduced limb, for vector 0 and for the others: added before a subtraction, it keeps limbs from going below zero.</summary>
    internal static Vector256<uint> TwoP0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(((1UL << 58) - (2UL << 32)) | ((1UL << 27) - 38)).AsUInt32();
    }

    /// <inheritdoc cref="TwoP0"/>
    internal static Vector256<uint> TwoP
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(((1UL << 58) - (2UL << 32)) | ((1UL << 27) - 2)).AsUInt32();
    }

    /// <summary>Lanes in the order of the control byte's four 2-bit fields, lowest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<uint> Permute(Vector256<uint> v, [ConstantExpected] byte control) => Avx2.Permute4x64(v.AsUInt64(), control).AsUInt32();

    /// <summary>(1, 0, 3, 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<uint> SwapPairs(Vector256<uint> v) => Avx2.Shuffle(v, 0x4e);

    /// <summary>Moves what an even limb has above 26 bits to the odd limb beside it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<uint> CarryEven(Vector256<uint> v)
    {
        Vector256<ulong> excess = v.AsUInt64() & Vector256.Create(0xfc000000UL);
        return (v.AsUInt64() - excess + (excess << 6)).AsUInt32();
    }
}
