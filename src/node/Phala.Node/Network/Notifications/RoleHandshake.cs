using Phala.Node.Network.Peers;

namespace Phala.Node.Network.Notifications;

/// <summary>The handshake of those protocols in which a node says of itself only what it is.</summary>
internal static class RoleHandshake
{
    /// <summary>Whether it is one.</summary>
    public static NotificationError Verify(ReadOnlySpan<byte> handshake)
    {
        if (handshake.Length != 1) return NotificationError.Malformed;
        return Enum.IsDefined((PeerRole)handshake[0]) ? NotificationError.None : NotificationError.BadRole;
    }
}
