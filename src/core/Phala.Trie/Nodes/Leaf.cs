using System.Buffers.Binary;

namespace Phala.Trie.Nodes;

/// <summary>
/// A node without children, as one array that is never written again: two bytes with the number of half bytes of the partial key,
/// the partial key packed, the value. One object per entry keeps a million entries cheap for memory and collector.
/// </summary>
internal readonly struct Leaf(byte[] data)
{
    private const int HeaderSize = sizeof(ushort);

    /// <summary>The array itself.</summary>
    public byte[] Data => data;

    /// <summary>Number of half bytes of the partial key.</summary>
    public int PartialCount => BinaryPrimitives.ReadUInt16LittleEndian(data);

    /// <summary>The partial key, packed.</summary>
    public ReadOnlySpan<byte> Partial => data.AsSpan(HeaderSize, Nibbles.ByteCount(PartialCount));

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Value => data.AsSpan(HeaderSize + Nibbles.ByteCount(PartialCount));

    /// <summary>The partial key as a run of its own.</summary>
    public NibblePath Path => new(Partial.ToArray(), PartialCount);

    /// <summary>A leaf for what is left of a key at this depth.</summary>
    public static Leaf Create(ReadOnlySpan<byte> key, int depth, ReadOnlySpan<byte> value)
    {
        int count = (key.Length * 2) - depth;
        byte[] data = Allocate(count, value);
        Nibbles.Pack(key, depth, count, data.AsSpan(HeaderSize));
        return new Leaf(data);
    }

    /// <summary>A leaf with a given partial key.</summary>
    public static Leaf Create(NibblePath path, ReadOnlySpan<byte> value)
    {
        byte[] data = Allocate(path.Count, value);
        path.Packed.CopyTo(data.AsSpan(HeaderSize));
        return new Leaf(data);
    }

    private static byte[] Allocate(int count, ReadOnlySpan<byte> value)
    {
        int head = HeaderSize + Nibbles.ByteCount(count);
        byte[] data = GC.AllocateUninitializedArray<byte>(head + value.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(data, (ushort)count);
        value.CopyTo(data.AsSpan(head));
        return data;
    }
}
