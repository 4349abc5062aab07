using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Phala.Crypto.Hashing;

/// <summary>XXH64 of the xxHash specification (version 0.1.1): fast and not cryptographic.</summary>
internal static class XxHash64
{
    /// <summary>The length of a stripe in bytes: one word for each lane.</summary>
    internal const int StripeLength = 32;

    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;

    /// <summary>Hashes the data with a seed.</summary>
    public static ulong Hash(ReadOnlySpan<byte> data, ulong seed)
    {
        ulong hash = data.Length >= StripeLength ? Stripes(data, seed) : Short(seed);
        return Finish(hash, (ulong)data.Length, data[(data.Length & -StripeLength)..]);
    }

    /// <summary>Step 1: the four lanes before the first stripe.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Begin(ulong seed, out ulong a, out ulong b, out ulong c, out ulong d) =>
        (a, b, c, d) = (seed + Prime1 + Prime2, seed + Prime2, seed, seed - Prime1);

    /// <summary>Step 1 for a message shorter than a stripe, which has no lanes.</summary>
    internal static ulong Short(ulong seed) => seed + Prime5;

    /// <summary>Step 2: takes the whole stripes at the beginning of the data; what is left after them is not looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Absorb(ReadOnlySpan<byte> data, ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        for (; data.Length >= StripeLength; data = data[StripeLength..])
        {
            a = Round(a, BinaryPrimitives.ReadUInt64LittleEndian(data));
            b = Round(b, BinaryPrimitives.ReadUInt64LittleEndian(data[8..]));
            c = Round(c, BinaryPrimitives.ReadUInt64LittleEndian(data[16..]));
            d = Round(d, BinaryPrimitives.ReadUInt64LittleEndian(data[24..]));
        }
    }

    /// <summary>Step 3: the lanes in one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Merge(ulong a, ulong b, ulong c, ulong d)
    {
        ulong hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        return Merge(Merge(Merge(Merge(hash, a), b), c), d);
    }

    /// <summary>Steps 4 to 6, with the length of the whole message and what is left after its last whole stripe.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Finish(ulong hash, ulong length, ReadOnlySpan<byte> rest) => Avalanche(Tail(rest, hash + length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Stripes(ReadOnlySpan<byte> data, ulong seed)
    {
        Begin(seed, out ulong a, out ulong b, out ulong c, out ulong d);
        Absorb(data, ref a, ref b, ref c, ref d);
        return Merge(a, b, c, d);
    }

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
    private static ulong Round(ulong lane, ulong input) => BitOperations.RotateLeft(lane + (input * Prime2), 31) * Prime1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Merge(ulong hash, ulong lane) => ((hash ^ Round(0, lane)) * Prime1) + Prime4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Avalanche(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }
}
