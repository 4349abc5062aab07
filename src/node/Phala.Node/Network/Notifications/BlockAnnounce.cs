using Phala.Chain;
using Phala.Codec;

namespace Phala.Node.Network.Notifications;

/// <summary>There is a new block.</summary>
/// <param name="Header">Its header.</param>
/// <param name="IsBest">Whether it is the sender's best block.</param>
internal readonly record struct BlockAnnounce(Header Header, bool IsBest)
{
    /// <summary>Reads one. What follows the flag, data for other kinds of consensus, is passed over.</summary>
    public static NotificationError TryDecode(ReadOnlySpan<byte> bytes, out BlockAnnounce announce)
    {
        announce = default;
        ScaleReader reader = new(bytes);
        bool isBest = false;
        bool isRead = Header.TryDecode(ref reader, out Header header) && reader.TryReadBool(out isBest) && reader.TryReadByteSequence(out _) && reader.TryFinish();
        if (!isRead) return NotificationError.Malformed;
        announce = new BlockAnnounce(header, isBest);
        return NotificationError.None;
    }

    /// <summary>Its bytes.</summary>
    public byte[] Encode() => [.. Scale.Encode(Header), IsBest ? (byte)1 : (byte)0, 0];
}
