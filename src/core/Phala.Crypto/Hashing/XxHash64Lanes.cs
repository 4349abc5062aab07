using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Phala.Crypto.Hashing;

/// <summary>The four accumulators of XXH64 that whole stripes go through: steps 1 to 3 of the xxHash specification.</summary>
internal struct XxHash64Lanes
{
    private ulong _a, _b, _c, _d;

    /// <summary>Step 1: the accumulators before the first stripe.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static XxHash64Lanes Begin(ulong seed) => new()
    {
        _a = seed + XxHash64.Prime1 + XxHash64.Prime2,
        _b = seed + XxHash64.Prime2,
        _c = seed,
        _d = seed - XxHash64.Prime1,
    };

    /// <summary>Step 2: the whole stripes at the beginning of the data; what is left after them is not looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Absorb(ReadOnlySpan<byte> data)
    {
        ulong a = _a, b = _b, c = _c, d = _d;
        for (; data.Length >= XxHash64.StripeLength; data = data[XxHash64.StripeLength..])
        {
            a = XxHash64.Round(a, BinaryPrimitives.ReadUInt64LittleEndian(data));
            b = XxHash64.Round(b, BinaryPrimitives.ReadUInt64LittleEndian(data[8..]));
            c = XxHash64.Round(c, BinaryPrimitives.ReadUInt64LittleEndian(data[16..]));
            d = XxHash64.Round(d, BinaryPrimitives.ReadUInt64LittleEndian(data[24..]));
        }

        (_a, _b, _c, _d) = (a, b, c, d);
    }

    /// <summary>Step 3: the accumulators in one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong Merge()
    {
        ulong hash = BitOperations.RotateLeft(_a, 1) + BitOperations.RotateLeft(_b, 7) + BitOperations.RotateLeft(_c, 12) + BitOperations.RotateLeft(_d, 18);
        return Merge(Merge(Merge(Merge(hash, _a), _b), _c), _d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Merge(ulong hash, ulong lane) => ((hash ^ XxHash64.Round(0, lane)) * XxHash64.Prime1) + XxHash64.Prime4;
}
