using Microsoft.Extensions.Logging;
using Phala.Node.Network.Framing;
using Phala.Node.Network.Peers;
using Phala.Node.Network.Yamux;

namespace Phala.Node.Network.Notifications;

/// <summary>
/// A protocol of notifications: who opens the stream says who it is, the other answers the same, and then only the opener tells things. So each side opens one; this node
/// does when the peer has.
/// </summary>
/// <param name="name">The protocol's name.</param>
/// <param name="handler">What is said.</param>
/// <param name="timeout">How long the peer may take for its handshake.</param>
/// <param name="log">Where operators read of it.</param>
internal sealed class NotificationProtocol(string name, INotificationHandler handler, TimeSpan timeout, ILogger log) : IProtocol
{
    private const int MaxHandshake = 1024;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async Task ServeAsync(Peer peer, YamuxStream stream)
    {
        NotificationSender sender = new();
        if (!await TryOpenAsync(peer, stream).ConfigureAwait(false) || !peer.TryAdd(name, sender)) return;
        Task sending = Task.CompletedTask;
        using CancellationTokenSource closed = CancellationTokenSource.CreateLinkedTokenSource(peer.Ended);
        try
        {
            await LengthPrefix.WriteAsync(stream, handler.Handshake(), peer.Ended).ConfigureAwait(false);
            if (handler.SpeaksToLight || peer.Status is not { Role: PeerRole.Light })
            {
                sending = sender.RunAsync(peer.Session, name, handler.Handshake(), timeout, closed.Token);
                handler.Opened(peer);
            }

            await ReceiveAsync(peer, stream).ConfigureAwait(false);
        }
        finally
        {
            peer.Remove(name);
            await closed.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> TryOpenAsync(Peer peer, YamuxStream stream)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(peer.Ended);
        patience.CancelAfter(timeout);
        (FrameStatus status, byte[] handshake) = await LengthPrefix.ReadAsync(stream, MaxHandshake, patience.Token).ConfigureAwait(false);
        if (status != FrameStatus.Read) return false;
        NotificationError error = handler.Open(peer, handshake);
        if (error != NotificationError.None) Leave(peer, error);
        return error == NotificationError.None;
    }

    private async Task ReceiveAsync(Peer peer, YamuxStream stream)
    {
        while (true)
        {
            (FrameStatus status, byte[] notification) = await LengthPrefix.ReadAsync(stream, handler.MaxNotification, peer.Ended).ConfigureAwait(false);
            if (status == FrameStatus.Ended) stream.Finish();
            if (status == FrameStatus.TooLong) Leave(peer, NotificationError.TooMany);
            if (status != FrameStatus.Read) return;
            if (!await peer.Notifications.WaitAsync(peer.Ended).ConfigureAwait(false))
            {
                Leave(peer, NotificationError.TooMany);
                return;
            }

            NotificationError error = await handler.ReceiveAsync(peer, notification).ConfigureAwait(false);
            if (error == NotificationError.None) continue;
            Leave(peer, error);
            return;
        }
    }

    private void Leave(Peer peer, NotificationError error)
    {
        NetworkLog.BadNotification(log, peer.Id, name, error);
        peer.Disconnect();
    }
}
