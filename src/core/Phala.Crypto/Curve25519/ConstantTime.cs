using System.Runtime.CompilerServices;

namespace Phala.Crypto.Curve25519;

/// <summary>Masks (all ones for true, zero for false) from values, without a branch: the only way secrets steer anything in this folder.</summary>
internal static class ConstantTime
{
    /// <summary>All ones when the value is zero, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong ZeroMask(ulong value) => ((value | (0UL - value)) >> 63) - 1;

    /// <summary>All ones when both are equal, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong EqualMask(ulong a, ulong b) => ZeroMask(a ^ b);

    /// <summary>Whether two spans of one length hold the same bytes; every byte is always read.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool AreEqual(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(a, b);
}
