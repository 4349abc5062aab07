using System.Buffers.Binary;
using Phala.Trie;

namespace Phala.Node.Network.Messages;

/// <summary>Asks for a run of blocks (<c>sync/2</c>).</summary>
/// <param name="Parts">Which parts; bits that this program does not know ask for nothing.</param>
/// <param name="Hash">The first block, or null where it is named by number.</param>
/// <param name="Number">The first block's number, where it is.</param>
/// <param name="IsDescending">Towards the genesis.</param>
/// <param name="Count">The most blocks.</param>
internal readonly record struct BlockRequest(BlockParts Parts, Hash256? Hash, uint Number, bool IsDescending, uint Count)
{
    private const int PartsField = 1, HashField = 2, NumberField = 3, DirectionField = 5, CountField = 6;

    /// <summary>Reads a request.</summary>
    public static ProtobufError TryDecode(ReadOnlySpan<byte> message, out BlockRequest request)
    {
        request = default;
        (ulong? parts, ulong direction, ulong count) = (null, 0, 0);
        ReadOnlySpan<byte> hash = default, number = default;
        ProtobufReader reader = new(message);
        while (reader.TryNext())
        {
            _ = reader.Field switch
            {
                PartsField => reader.TryNumber(uint.MaxValue, out ulong value) && (parts = value) is not null,
                HashField => reader.TryBytes(out hash) && (hash.Length == Hash256.Size || reader.Fail(ProtobufError.BadValue)),
                NumberField => reader.TryBytes(out number) && (number.Length == sizeof(uint) || reader.Fail(ProtobufError.BadValue)),
                DirectionField => reader.TryNumber(1, out direction),
                CountField => reader.TryNumber(uint.MaxValue, out count),
                _ => true,
            };
        }

        if (reader.Error != ProtobufError.None) return reader.Error;
        if (parts is null || (hash.IsEmpty && number.IsEmpty)) return ProtobufError.MissingField;
        if (!hash.IsEmpty && !number.IsEmpty) return ProtobufError.BadValue;
        request = new BlockRequest(
            (BlockParts)parts.Value, hash.IsEmpty ? null : new Hash256(hash), number.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(number), direction == 1, count == 0 ? uint.MaxValue : (uint)count);
        return ProtobufError.None;
    }

    /// <summary>The request's bytes.</summary>
    public byte[] Encode()
    {
        ProtobufWriter writer = new ProtobufWriter().Number(PartsField, (uint)Parts);
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(number, Number);
        if (Hash is { } hash) writer.Bytes(HashField, hash.AsSpan());
        else writer.Bytes(NumberField, number);
        return writer.Number(DirectionField, IsDescending ? 1u : 0).Number(CountField, Count).ToArray();
    }
}
