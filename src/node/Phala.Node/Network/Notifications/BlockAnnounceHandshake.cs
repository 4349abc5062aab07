using Phala.Chain;
using Phala.Codec;
using Phala.Node.Network.Peers;
using Phala.Trie;

namespace Phala.Node.Network.Notifications;

/// <summary>What a node says of itself before it announces blocks.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Best">Its best block.</param>
/// <param name="Genesis">The hash of its chain's first block.</param>
internal readonly record struct BlockAnnounceHandshake(PeerRole Role, BlockId Best, Hash256 Genesis)
{
    /// <summary>Its length.</summary>
    public const int Length = sizeof(byte) + sizeof(uint) + (2 * Hash256.Size);

    /// <summary>Reads one.</summary>
    public static NotificationError TryDecode(ReadOnlySpan<byte> bytes, out BlockAnnounceHandshake handshake)
    {
        handshake = default;
        if (bytes.Length != Length) return NotificationError.Malformed;
        ScaleReader reader = new(bytes);
        reader.TryReadByte(out byte role);
        reader.TryReadUInt32(out uint number);
        reader.TryReadSpan(Hash256.Size, out ReadOnlySpan<byte> best);
        reader.TryReadSpan(Hash256.Size, out ReadOnlySpan<byte> genesis);
        if (!Enum.IsDefined((PeerRole)role)) return NotificationError.BadRole;
        handshake = new BlockAnnounceHandshake((PeerRole)role, new BlockId(new Hash256(best), number), new Hash256(genesis));
        return NotificationError.None;
    }

    /// <summary>Its bytes.</summary>
    public byte[] Encode()
    {
        byte[] bytes = new byte[Length];
        ScaleWriter writer = new(bytes);
        writer.WriteByte((byte)Role);
        writer.WriteUInt32(Best.Number);
        writer.WriteSpan(Best.Hash.AsSpan());
        writer.WriteSpan(Genesis.AsSpan());
        return bytes;
    }
}
