using Phala.Node.Network.Peers;

namespace Phala.Node.Network.Notifications;

/// <summary>What one kind of notification says and means.</summary>
internal interface INotificationHandler
{
    /// <summary>The longest notification.</summary>
    int MaxNotification { get; }

    /// <summary>Whether this node tells light clients something, too.</summary>
    bool SpeaksToLight { get; }

    /// <summary>What this node says of itself.</summary>
    byte[] Handshake();

    /// <summary>Takes what a peer says of itself.</summary>
    NotificationError Open(Peer peer, ReadOnlySpan<byte> handshake);

    /// <summary>This node may tell a peer things from now on.</summary>
    void Opened(Peer peer);

    /// <summary>Takes what a peer tells.</summary>
    ValueTask<NotificationError> ReceiveAsync(Peer peer, ReadOnlyMemory<byte> notification);
}
