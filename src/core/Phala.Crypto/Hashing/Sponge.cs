using System.Runtime.InteropServices;

namespace Phala.Crypto.Hashing;

/// <summary>Byte access to sponge states. Lanes are little-endian, as are all machines that this library runs on.</summary>
internal static class Sponge
{
    /// <summary>Exclusive-ors <paramref name="data"/> into the beginning of <paramref name="block"/>.</summary>
    /// <param name="block">At least as long as the data.</param>
    /// <param name="data">The bytes to absorb.</param>
    internal static void Xor(Span<byte> block, ReadOnlySpan<byte> data)
    {
        block = block[..data.Length];
        while (data.Length >= sizeof(ulong))
        {
            ulong mixed = MemoryMarshal.Read<ulong>(block) ^ MemoryMarshal.Read<ulong>(data);
            MemoryMarshal.Write(block, mixed);
            block = block[sizeof(ulong)..];
            data = data[sizeof(ulong)..];
        }

        for (int at = 0; at < data.Length; at++) block[at] ^= data[at];
    }
}
