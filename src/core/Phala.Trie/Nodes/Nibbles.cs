namespace Phala.Trie.Nodes;

/// <summary>Keys as half bytes, the high one first (Polkadot specification, state storage trie).</summary>
internal static class Nibbles
{
    /// <summary>Half byte <paramref name="index"/> of a key.</summary>
    public static int At(ReadOnlySpan<byte> key, int index) => (index & 1) == 0 ? key[index >> 1] >> 4 : key[index >> 1] & 0x0F;

    /// <summary>How many half bytes, counted from <paramref name="from"/>, two keys share. Both must agree before that.</summary>
    public static int Common(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int from)
    {
        int start = from >> 1;
        int shared = start + left[start..].CommonPrefixLength(right[start..]);
        int nibbles = shared * 2;
        if (shared < left.Length && shared < right.Length && (left[shared] ^ right[shared]) < 0x10) nibbles++;
        return nibbles - from;
    }

    /// <summary>Bytes that hold this many half bytes.</summary>
    public static int ByteCount(int nibbles) => (nibbles + 1) >> 1;

    /// <summary>Half byte <paramref name="index"/> of a packed run of <paramref name="count"/>: an odd run leaves the first high half empty.</summary>
    public static int PackedAt(ReadOnlySpan<byte> packed, int count, int index) => At(packed, index + (count & 1));

    /// <summary>How far a packed run agrees with a key from half byte <paramref name="depth"/> on.</summary>
    public static int CommonWithKey(ReadOnlySpan<byte> packed, int count, ReadOnlySpan<byte> key, int depth)
    {
        int limit = Math.Min(count, (key.Length * 2) - depth);
        if (limit == 0) return 0;
        if (((depth ^ count) & 1) != 0) return CommonShifted(packed, count, key, depth, limit);

        // Run and key have their byte boundaries in the same places: a leaf of the sought length always does.
        int at = depth >> 1, first = 0;
        if ((depth & 1) != 0)
        {
            if (((packed[0] ^ key[at]) & 0x0F) != 0) return 0;
            first = 1;
        }

        int bytes = packed[first..].CommonPrefixLength(key[(at + first)..]);
        int nibbles = first + (bytes * 2);
        if (nibbles < limit && (packed[first + bytes] ^ key[at + first + bytes]) < 0x10) nibbles++;
        return Math.Min(nibbles, limit);
    }

    /// <summary>Packs half bytes of a key: <paramref name="count"/> of them from <paramref name="depth"/> on.</summary>
    public static void Pack(ReadOnlySpan<byte> key, int depth, int count, Span<byte> packed)
    {
        if (count == 0) return;
        if (((depth ^ count) & 1) == 0)
        {
            key.Slice(depth >> 1, ByteCount(count)).CopyTo(packed);
            if ((count & 1) != 0) packed[0] &= 0x0F;
            return;
        }

        packed[..ByteCount(count)].Clear();
        for (int index = 0; index < count; index++) PutPacked(packed, count, index, At(key, depth + index));
    }

    /// <summary>Writes half byte <paramref name="index"/> of a packed run whose bytes there are still zero.</summary>
    public static void PutPacked(Span<byte> packed, int count, int index, int nibble)
    {
        int place = index + (count & 1);
        packed[place >> 1] |= (byte)((place & 1) == 0 ? nibble << 4 : nibble);
    }

    private static int CommonShifted(ReadOnlySpan<byte> packed, int count, ReadOnlySpan<byte> key, int depth, int limit)
    {
        int common = 0;
        while (common < limit && PackedAt(packed, count, common) == At(key, depth + common)) common++;
        return common;
    }
}
