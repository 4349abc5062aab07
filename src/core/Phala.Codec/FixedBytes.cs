using System.Buffers.Binary;

namespace Phala.Codec;

/// <summary>What types marked with <see cref="FixedBytesAttribute"/> share.</summary>
public static class FixedBytes
{
    /// <summary>2^64 divided by the golden ratio, whose bits are as irregular as bits can be.</summary>
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>A hash code for dictionaries: the same in every process, and no protection against keys that were chosen to collide.</summary>
    public static int HashCode(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte part in bytes) hash = Mix(hash ^ part);
        return (int)(hash >> 32);
    }

    private static ulong Mix(ulong value)
    {
        value = unchecked(value * Multiplier);
        return value ^ (value >> 32);
    }
}
