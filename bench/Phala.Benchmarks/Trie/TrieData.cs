using System.Buffers.Binary;
using Phala.Trie;

namespace Phala.Benchmarks.Trie;

/// <summary>The entries behind the published roots: random 32-byte keys and values of 32 to 100 bytes by xorshift64.</summary>
internal static class TrieData
{
    public static TrieEntry[] Generate(int count)
    {
        ulong state = 0x9E3779B97F4A7C15;
        TrieEntry[] entries = new TrieEntry[count];
        for (int index = 0; index < count; index++)
        {
            byte[] key = new byte[32];
            for (int word = 0; word < 4; word++) BinaryPrimitives.WriteUInt64LittleEndian(key.AsSpan(8 * word), Next(ref state));
            byte[] value = new byte[32 + (int)(Next(ref state) % 69)];
            value.AsSpan().Fill((byte)index);
            entries[index] = new TrieEntry(key, value);
        }

        return entries;
    }

    private static ulong Next(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state;
    }
}
