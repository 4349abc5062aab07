using System.Buffers.Binary;
using Phala.Trie;

namespace Phala.Tests.Trie;

/// <summary>Entries for tests: the generator behind the published roots, and small keys that share prefixes in all ways.</summary>
internal static class TrieData
{
    /// <summary>Lengths on both sides of the two thresholds: 32 bytes for a node, 33 for a hashed value.</summary>
    private static readonly int[] ValueLengths = [0, 1, 2, 31, 32, 33, 34, 100];

    /// <summary>Keys out of few bytes, the empty one among them; some so long that the partial key's length does not fit into a header.</summary>
    public static IReadOnlyList<byte[]> Keys { get; } = MakeKeys();

    /// <summary>Random 32-byte keys and values of 32 to 100 bytes by xorshift64.</summary>
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

    public static byte[] Value(int number)
    {
        byte[] value = new byte[ValueLengths[number % ValueLengths.Length]];
        value.AsSpan().Fill((byte)number);
        return value;
    }

    public static TrieChange Change(byte[] key, byte[]? value) => value is null ? TrieChange.Remove(key) : TrieChange.Set(key, value);

    public static string Hex(ReadOnlySpan<byte> key) => Convert.ToHexStringLower(key);

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex);

    public static SortedDictionary<string, byte[]> Content(MerkleTrie trie)
    {
        SortedDictionary<string, byte[]> content = new(StringComparer.Ordinal);
        TrieCursor cursor = new(trie);
        while (cursor.MoveNext()) content.Add(Hex(cursor.Key), cursor.Value.ToArray());
        return content;
    }

    public static MerkleTrie Create(IEnumerable<KeyValuePair<string, byte[]>> content, StateVersion version) =>
        MerkleTrie.Create([.. content.Select(pair => new TrieEntry(Bytes(pair.Key), pair.Value))], version);

    private static ulong Next(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state;
    }

    private static List<byte[]> MakeKeys()
    {
        byte[] letters = [0x00, 0x01, 0x0F, 0x10, 0x11, 0xFF];
        List<byte[]> keys = [[]];
        keys.AddRange(letters.Select(letter => new[] { letter }));
        keys.AddRange(letters.SelectMany(first => letters.Select(second => new[] { first, second })));
        keys.AddRange(letters.Select(letter => new byte[] { 0x10, 0x11, letter }));
        foreach (int length in (int[])[7, 8, 15, 16, 31, 32, 33, 160, 300])
        {
            byte[] stem = new byte[length];
            stem.AsSpan().Fill(0x77);
            keys.Add(stem);
            keys.Add([.. stem, 0x01]);
            keys.Add([.. stem, 0x10, 0x02]);
            keys.Add([0xFF, .. stem]);
        }

        return keys;
    }
}
