using System.Buffers.Binary;

namespace Phala.Trie.Building;

/// <summary>
/// Sorts by key, eight bytes at a time: a radix sort on the first bits that differ, then ties among equal eight bytes by the next eight.
/// The keys themselves are read once in the order in which they come, however they lie in memory.
/// </summary>
internal static class KeySorter
{
    private const int RadixBits = 11, ComparedRun = 24, RadixThreshold = 128, ChunkSize = sizeof(ulong);

    /// <summary>The order of the items by key. Of items with equal keys only the last one is in it.</summary>
    /// <exception cref="ArgumentException">A key is longer than <see cref="MerkleTrie.MaxKeyLength"/>.</exception>
    public static int[] SortUnique<T>(ReadOnlySpan<T> items)
        where T : IKeyed
    {
        if (IsSorted(items)) return Identity(items.Length);
        int[] order = Identity(items.Length);
        bool repeated = false;
        SortRun(items, order, new ulong[items.Length], 0, ref repeated);
        return repeated ? DropRepeated(items, order) : order;
    }

    /// <summary>Whether keys ascend strictly. Checks the keys' lengths on the way.</summary>
    private static bool IsSorted<T>(ReadOnlySpan<T> items)
        where T : IKeyed
    {
        bool sorted = true;
        for (int index = 0; index < items.Length; index++)
        {
            if (items[index].Key.Length > MerkleTrie.MaxKeyLength) throw new ArgumentException("A key is longer than a trie takes.", nameof(items));
            if (sorted && index > 0) sorted = items[index - 1].Key.Span.SequenceCompareTo(items[index].Key.Span) < 0;
        }

        return sorted;
    }

    private static int[] Identity(int length)
    {
        int[] order = new int[length];
        for (int index = 0; index < length; index++) order[index] = index;
        return order;
    }

    /// <summary>Sorts a run whose keys agree in their first <paramref name="from"/> bytes; equal keys keep their order, and are told of.</summary>
    private static void SortRun<T>(ReadOnlySpan<T> items, Span<int> order, Span<ulong> chunks, int from, ref bool repeated)
        where T : IKeyed
    {
        if (order.Length <= ComparedRun)
        {
            SortByComparison(items, order, from, ref repeated);
            return;
        }

        from += CommonPrefix(items, order, from);
        for (int index = 0; index < order.Length; index++) chunks[index] = Chunk(items[order[index]].Key.Span, from);
        if (order.Length >= RadixThreshold) RadixSort(chunks, order);
        SortChunks(chunks, order);

        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && chunks[end] == chunks[start]) end++;
            if (end - start > 1) SortEqualChunks(items, order[start..end], chunks[start..end], from, ref repeated);
        }
    }

    /// <summary>A run that agrees in eight bytes, where missing bytes count as zeros: keys that end here come first, by length.</summary>
    private static void SortEqualChunks<T>(ReadOnlySpan<T> items, Span<int> order, Span<ulong> chunks, int from, ref bool repeated)
        where T : IKeyed
    {
        bool someEnd = false;
        foreach (int index in order) someEnd |= items[index].Key.Length < from + ChunkSize;
        order.Sort();
        if (!someEnd)
        {
            SortRun(items, order, chunks, from + ChunkSize, ref repeated);
            return;
        }

        int[] copy = order.ToArray();
        int place = 0;
        for (int length = from; length < from + ChunkSize; length++)
        {
            foreach (int index in copy)
            {
                if (items[index].Key.Length != length) continue;
                repeated |= place > 0 && items[order[place - 1]].Key.Length == length;
                order[place++] = index;
            }
        }

        int ended = place;
        foreach (int index in copy)
        {
            if (items[index].Key.Length >= from + ChunkSize) order[place++] = index;
        }

        SortRun(items, order[ended..], chunks[ended..], from + ChunkSize, ref repeated);
    }

    private static void SortByComparison<T>(ReadOnlySpan<T> items, Span<int> order, int from, ref bool repeated)
        where T : IKeyed
    {
        for (int index = 1; index < order.Length; index++)
        {
            int moved = order[index], place = index;
            ReadOnlySpan<byte> key = items[moved].Key.Span[from..];
            for (; place > 0; place--)
            {
                int comparison = items[order[place - 1]].Key.Span[from..].SequenceCompareTo(key);
                repeated |= comparison == 0;
                if (comparison <= 0) break;
                order[place] = order[place - 1];
            }

            order[place] = moved;
        }
    }

    private static int CommonPrefix<T>(ReadOnlySpan<T> items, ReadOnlySpan<int> order, int from)
        where T : IKeyed
    {
        ReadOnlySpan<byte> first = items[order[0]].Key.Span[from..];
        int common = first.Length;
        for (int index = 1; index < order.Length && common > 0; index++) common = first[..common].CommonPrefixLength(items[order[index]].Key.Span[from..]);
        return common;
    }

    /// <summary>Eight bytes of a key as a number that compares as they do; zeros where the key has ended.</summary>
    private static ulong Chunk(ReadOnlySpan<byte> key, int from)
    {
        if (key.Length - from >= ChunkSize) return BinaryPrimitives.ReadUInt64BigEndian(key[from..]);
        ulong chunk = 0;
        for (int index = 0; index < ChunkSize; index++) chunk = (chunk << 8) | (from + index < key.Length ? key[from + index] : 0u);
        return chunk;
    }

    /// <summary>Orders by the first 22 bits.</summary>
    private static void RadixSort(Span<ulong> chunks, Span<int> order)
    {
        ulong[] otherChunks = new ulong[chunks.Length];
        int[] otherOrder = new int[order.Length];
        Distribute(chunks, order, otherChunks, otherOrder, 64 - (2 * RadixBits));
        Distribute(otherChunks, otherOrder, chunks, order, 64 - RadixBits);
    }

    private static void Distribute(ReadOnlySpan<ulong> chunks, ReadOnlySpan<int> order, Span<ulong> toChunks, Span<int> toOrder, int shift)
    {
        const uint Mask = (1u << RadixBits) - 1;
        Span<int> places = stackalloc int[1 << RadixBits];
        places.Clear();
        foreach (ulong chunk in chunks) places[(int)((uint)(chunk >> shift) & Mask)]++;
        int sum = 0;
        foreach (ref int place in places)
        {
            int count = place;
            place = sum;
            sum += count;
        }

        for (int index = 0; index < chunks.Length; index++)
        {
            int place = places[(int)((uint)(chunks[index] >> shift) & Mask)]++;
            toChunks[place] = chunks[index];
            toOrder[place] = order[index];
        }
    }

    /// <summary>Orders by whole chunks; a long run must already be ordered by the first 22 bits.</summary>
    private static void SortChunks(Span<ulong> chunks, Span<int> order)
    {
        if (order.Length < RadixThreshold)
        {
            chunks.Sort(order);
            return;
        }

        const int Shift = 64 - (2 * RadixBits);
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && chunks[end] >> Shift == chunks[start] >> Shift) end++;
            if (end - start > 1) chunks[start..end].Sort(order[start..end]);
        }
    }

    private static int[] DropRepeated<T>(ReadOnlySpan<T> items, int[] order)
        where T : IKeyed
    {
        int kept = 0;
        for (int index = 0; index < order.Length; index++)
        {
            bool repeated = index + 1 < order.Length && items[order[index]].Key.Span.SequenceEqual(items[order[index + 1]].Key.Span);
            if (!repeated) order[kept++] = order[index];
        }

        return kept == order.Length ? order : order[..kept];
    }
}
