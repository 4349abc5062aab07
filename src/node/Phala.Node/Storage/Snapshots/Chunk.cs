using System.Buffers.Binary;
using Phala.Crypto.Hashing;
using Phala.Node.Storage.Files;

namespace Phala.Node.Storage.Snapshots;

/// <summary>A piece of a snapshot: length u32 ‖ Twox64 of the rest ‖ index u32 ‖ kind u8 ‖ data. The length is that of index, kind and data.</summary>
/// <param name="Kind">What the data is.</param>
/// <param name="Data">The data.</param>
internal readonly record struct Chunk(ChunkKind Kind, ReadOnlyMemory<byte> Data)
{
    /// <summary>Bytes before the data.</summary>
    public const int DataOffset = LengthSize + ChecksumSize + IndexSize + KindSize;

    /// <summary>The longest data: one value of any size that a block can hold fits.</summary>
    public const int MaxData = 64 << 20;

    private const int LengthSize = sizeof(uint), ChecksumSize = sizeof(ulong), IndexSize = sizeof(uint), KindSize = sizeof(byte);

    /// <summary>Fills in what stands before the data.</summary>
    /// <param name="chunk">The whole chunk, its data at <see cref="DataOffset"/>.</param>
    /// <param name="index">Its index in the file.</param>
    /// <param name="kind">What the data is.</param>
    public static void Seal(Span<byte> chunk, uint index, ChunkKind kind)
    {
        Span<byte> body = chunk[(LengthSize + ChecksumSize)..];
        BinaryPrimitives.WriteUInt32LittleEndian(chunk, (uint)body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(body, index);
        body[IndexSize] = (byte)kind;
        Twox.Hash64(body, chunk.Slice(LengthSize, ChecksumSize));
    }

    /// <summary>Reads the chunk at an offset and moves the offset behind it.</summary>
    public static SnapshotError Read(IStorageFile file, uint index, ref long offset, out Chunk chunk)
    {
        chunk = default;
        Span<byte> head = stackalloc byte[LengthSize + ChecksumSize], checksum = stackalloc byte[ChecksumSize];
        if (file.Read(offset, head) < head.Length) return SnapshotError.Truncated;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(head);
        if (length is < IndexSize + KindSize or > MaxData + IndexSize + KindSize) return SnapshotError.BadChecksum;
        if (length > file.Length - offset - head.Length) return SnapshotError.Truncated;
        byte[] body = GC.AllocateUninitializedArray<byte>((int)length);
        if (file.Read(offset + head.Length, body) < body.Length) return SnapshotError.Truncated;
        Twox.Hash64(body, checksum);
        if (!checksum.SequenceEqual(head[LengthSize..])) return SnapshotError.BadChecksum;
        if (BinaryPrimitives.ReadUInt32LittleEndian(body) != index) return SnapshotError.BadOrder;
        offset += head.Length + body.Length;
        chunk = new Chunk((ChunkKind)body[IndexSize], body.AsMemory(IndexSize + KindSize));
        return SnapshotError.None;
    }
}
