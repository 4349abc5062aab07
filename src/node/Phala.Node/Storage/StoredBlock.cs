using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Node.Storage;

/// <summary>A block as the storage keeps it. Hash, number, parent and state root are those that the header bytes say.</summary>
public sealed class StoredBlock
{
    private StoredBlock(Hash256 hash, HeaderFields fields, byte[] header, IReadOnlyList<byte[]> extrinsics)
    {
        Hash = hash;
        Number = fields.Number;
        ParentHash = fields.ParentHash;
        StateRoot = fields.StateRoot;
        Header = header;
        Extrinsics = extrinsics;
    }

    /// <summary>BLAKE2b-256 of the header.</summary>
    public Hash256 Hash { get; }

    /// <summary>The number; 0 is the genesis block.</summary>
    public uint Number { get; }

    /// <summary>The parent's hash.</summary>
    public Hash256 ParentHash { get; }

    /// <summary>The root of the state after the block.</summary>
    public Hash256 StateRoot { get; }

    /// <summary>The encoded header.</summary>
    public ReadOnlyMemory<byte> Header { get; }

    /// <summary>The encoded extrinsics, each without the length before it.</summary>
    public IReadOnlyList<byte[]> Extrinsics { get; }

    /// <summary>Makes a block of a header and its extrinsics, each encoded without the length before it.</summary>
    public static StoredBlock Create(in Header header, IReadOnlyList<byte[]> extrinsics)
    {
        byte[] encoded = Scale.Encode(header);
        return new StoredBlock(HashOf(encoded), new HeaderFields(header.ParentHash, header.Number, header.StateRoot), encoded, extrinsics);
    }

    /// <summary>Makes a block of its bytes; false where the header does not begin as one.</summary>
    public static bool TryCreate(byte[] header, IReadOnlyList<byte[]> extrinsics, [NotNullWhen(true)] out StoredBlock? block)
    {
        block = HeaderFields.TryRead(header, out HeaderFields fields) ? new StoredBlock(HashOf(header), fields, header, extrinsics) : null;
        return block is not null;
    }

    /// <summary>The hash of a header.</summary>
    internal static Hash256 HashOf(ReadOnlySpan<byte> header)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(header, digest);
        return new Hash256(digest);
    }

    /// <summary>The extrinsics as SCALE <c>Vec&lt;Vec&lt;u8&gt;&gt;</c>.</summary>
    internal byte[] EncodeBody()
    {
        ScaleWriter writer = ScaleWriter.Pooled();
        try
        {
            writer.WriteLength(Extrinsics.Count);
            foreach (byte[] extrinsic in Extrinsics) writer.WriteByteSequence(extrinsic);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Reads what <see cref="EncodeBody"/> wrote.</summary>
    internal static bool TryDecodeBody(ReadOnlySpan<byte> encoded, out byte[][] extrinsics)
    {
        extrinsics = [];
        ScaleReader reader = new(encoded);
        if (!reader.TryReadLength(1, out int count)) return false;
        byte[][] read = new byte[count][];
        for (int index = 0; index < count; index++)
        {
            if (!reader.TryReadByteSequence(out ReadOnlySpan<byte> bytes)) return false;
            read[index] = bytes.ToArray();
        }

        if (!reader.TryFinish()) return false;
        extrinsics = read;
        return true;
    }
}
