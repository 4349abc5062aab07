using Phala.Codec;
using Phala.Trie;

namespace Phala.Node.Storage;

/// <summary>What the storage reads of a header: its beginning. What follows, extrinsics root and digest, it does not look at.</summary>
/// <param name="ParentHash">The hash of the parent.</param>
/// <param name="Number">The block's number.</param>
/// <param name="StateRoot">The root of the state after the block.</param>
internal readonly record struct HeaderFields(Hash256 ParentHash, uint Number, Hash256 StateRoot)
{
    /// <summary>Reads parent hash ‖ compact number ‖ state root.</summary>
    public static bool TryRead(ReadOnlySpan<byte> header, out HeaderFields fields)
    {
        fields = default;
        ScaleReader reader = new(header);
        if (!reader.TryReadSpan(Hash256.Size, out ReadOnlySpan<byte> parent) || !reader.TryReadCompactUInt32(out uint number)
            || !reader.TryReadSpan(Hash256.Size, out ReadOnlySpan<byte> root)) return false;
        fields = new HeaderFields(new Hash256(parent), number, new Hash256(root));
        return true;
    }
}
