using Phala.Codec;
using Phala.Trie.Building;

namespace Phala.Trie;

/// <summary>Roots without a trie: for checking a genesis or a body, where the entries are not kept.</summary>
public static class TrieRoot
{
    private static ReadOnlySpan<byte> EmptyBytes =>
    [
        0x03, 0x17, 0x0A, 0x2E, 0x75, 0x97, 0xB7, 0xB7, 0xE3, 0xD8, 0x4C, 0x05, 0x39, 0x1D, 0x13, 0x9A,
        0x62, 0xB1, 0x57, 0xE7, 0x87, 0x86, 0xD8, 0xC0, 0x82, 0xF2, 0x9D, 0xCF, 0x4C, 0x11, 0x13, 0x14,
    ];

    /// <summary>The root of a trie without entries: BLAKE2b-256 of the byte 0x00.</summary>
    public static Hash256 Empty => new Hash256(EmptyBytes);

    /// <summary>The root of entries in any order; of entries with equal keys the last one counts.</summary>
    /// <exception cref="ArgumentException">A key is longer than <see cref="MerkleTrie.MaxKeyLength"/>.</exception>
    public static Hash256 Compute(ReadOnlySpan<TrieEntry> entries, StateVersion version)
    {
        int[] order = KeySorter.SortUnique(entries);
        using RootCalculator calculator = new(version);
        return calculator.Run(entries, order);
    }

    /// <summary>
    /// The root of a list: item i under the key SCALE compact i. With <see cref="StateVersion.V0"/> and the encoded extrinsics of a body it is the header's extrinsics root.
    /// </summary>
    public static Hash256 ComputeOrdered(ReadOnlySpan<ReadOnlyMemory<byte>> items, StateVersion version)
    {
        const int MaxIndexSize = 5;
        byte[] keys = new byte[items.Length * MaxIndexSize];
        TrieEntry[] entries = new TrieEntry[items.Length];
        for (int index = 0; index < items.Length; index++)
        {
            int at = index * MaxIndexSize;
            ScaleWriter key = new(keys.AsSpan(at, MaxIndexSize));
            key.WriteCompact((uint)index);
            entries[index] = new TrieEntry(keys.AsMemory(at, key.Length), items[index]);
        }

        return Compute(entries, version);
    }
}
