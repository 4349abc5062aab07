using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Phala.Crypto.Hashing;

/// <summary>XXH64 of the xxHash specification (version 0.1.1): fast and not cryptographic.</summary>
internal static class XxHash64
{
    internal const ulong Prime1 = 0x9E3779B185EBCA87;
    internal const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    internal const ulong Prime4 = 0x85EBCA77C2B2AE63;

    /// <summary>The length of a stripe in bytes: one word for each accumulator.</summary>
    internal const int StripeLength = 32;

    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime5 = 0x27D4EB2F165667C5;

    /// <summary>Hashes the data with a seed.</summary>
    public static ulong Hash(ReadOnlySpan<byte> data, ulong seed)
    {
        XxHash64Lanes lanes = XxHash64Lanes.Begin(seed);
        lanes.Absorb(data);
        return Finish(lanes, seed, (ulong)data.Length, data[(data.Length & -StripeLength)..]);
    }

    /// <summary>Steps 4 to 6 of the specification.</summary>
    /// <param name="lanes">The accumulators after all whole stripes.</param>
    /// <param name="seed">The seed, which alone counts where there was no whole stripe.</param>
    /// <param name="length">The length of the whole message.</param>
    /// <param name="rest">What is left after the last whole stripe.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Finish(in XxHash64Lanes lanes, ulong seed, ulong length, ReadOnlySpan<byte> rest)
    {
        ulong hash = length >= StripeLength ? lanes.Merge() : seed + Prime5;
        return Avalanche(Tail(rest, hash + length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Round(ulong lane, ulong input) => BitOperations.RotateLeft(lane + (input * Prime2), 31) * Prime1;

    /// <summary>Step 5: what is left after the last whole stripe, by eights, fours and ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Tail(ReadOnlySpan<byte> rest, ulong hash)
    {
        for (; rest.Length >= 8; rest = rest[8..])
        {
            hash ^= Round(0, BinaryPrimitives.ReadUInt64LittleEndian(rest));
            hash = (BitOperations.RotateLeft(hash, 27) * Prime1) + Prime4;
        }

        if (rest.Length >= 4)
        {
            hash ^= BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1;
            hash = (BitOperations.RotateLeft(hash, 23) * Prime2) + Prime3;
            rest = rest[4..];
        }

        foreach (byte value in rest)
        {
            hash ^= value * Prime5;
            hash = BitOperations.RotateLeft(hash, 11) * Prime1;
        }

        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Avalanche(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }
}
