namespace Phala.Trie.Nodes;

/// <summary>A run of half bytes that owns its packed form, as a node holds it.</summary>
internal readonly struct NibblePath(byte[] packed, int count)
{
    /// <summary>The run of length zero.</summary>
    public static readonly NibblePath Empty = new([], 0);

    /// <summary>Two half bytes to a byte; an odd run leaves the first high half zero.</summary>
    public byte[] Packed => packed;

    /// <summary>Number of half bytes.</summary>
    public int Count => count;

    /// <summary>One half byte.</summary>
    public int this[int index] => Nibbles.PackedAt(packed, count, index);

    /// <summary>A part of a key.</summary>
    public static NibblePath FromKey(ReadOnlySpan<byte> key, int depth, int count)
    {
        if (count == 0) return Empty;
        byte[] packed = new byte[Nibbles.ByteCount(count)];
        Nibbles.Pack(key, depth, count, packed);
        return new NibblePath(packed, count);
    }

    /// <summary>A part of this run.</summary>
    public NibblePath Slice(int from, int length)
    {
        if (length == 0) return Empty;
        byte[] slice = new byte[Nibbles.ByteCount(length)];
        for (int index = 0; index < length; index++) Nibbles.PutPacked(slice, length, index, this[from + index]);
        return new NibblePath(slice, length);
    }

    /// <summary>This run, one half byte, another run.</summary>
    public NibblePath Join(int nibble, NibblePath tail)
    {
        int length = Count + 1 + tail.Count;
        byte[] joined = new byte[Nibbles.ByteCount(length)];
        for (int index = 0; index < Count; index++) Nibbles.PutPacked(joined, length, index, this[index]);
        Nibbles.PutPacked(joined, length, Count, nibble);
        for (int index = 0; index < tail.Count; index++) Nibbles.PutPacked(joined, length, Count + 1 + index, tail[index]);
        return new NibblePath(joined, length);
    }
}
