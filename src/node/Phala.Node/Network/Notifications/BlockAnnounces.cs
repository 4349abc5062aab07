using Phala.Chain;
using Phala.Codec;
using Phala.Node.Network.Peers;
using Phala.Node.Storage;

namespace Phala.Node.Network.Notifications;

/// <summary><c>block-announces/1</c>: who is connected and how far, and each new best block.</summary>
/// <param name="store">The chain.</param>
/// <param name="role">What this node is.</param>
/// <param name="name">The protocol's name.</param>
internal sealed class BlockAnnounces(ChainStore store, PeerRole role, string name) : INotificationHandler
{
    /// <inheritdoc/>
    public int MaxNotification => 64 << 10;

    /// <inheritdoc/>
    public bool SpeaksToLight => true;

    /// <inheritdoc/>
    public byte[] Handshake() => new BlockAnnounceHandshake(role, new BlockId(store.Best.Hash, store.Best.Number), store.GenesisHash).Encode();

    /// <inheritdoc/>
    public NotificationError Open(Peer peer, ReadOnlySpan<byte> handshake)
    {
        NotificationError error = BlockAnnounceHandshake.TryDecode(handshake, out BlockAnnounceHandshake said);
        if (error != NotificationError.None) return error;
        if (said.Genesis != store.GenesisHash) return NotificationError.WrongGenesis;
        peer.Status = new PeerStatus(said.Role, said.Best);
        return NotificationError.None;
    }

    /// <inheritdoc/>
    public void Opened(Peer peer)
    {
        // The best block may have changed since the handshake was written.
        if (store.Best is { Number: > 0 } best && store.TryGetHeader(best.Hash, out byte[]? header)) Tell(peer, new BlockAnnounce(Scale.Decode<Header>(header).Value, IsBest: true).Encode());
    }

    /// <inheritdoc/>
    public ValueTask<NotificationError> ReceiveAsync(Peer peer, ReadOnlyMemory<byte> notification)
    {
        NotificationError error = BlockAnnounce.TryDecode(notification.Span, out BlockAnnounce announce);
        if (error == NotificationError.None && announce.IsBest && peer.Status is { } status) peer.Status = status with { Best = BlockId.Of(announce.Header) };
        return ValueTask.FromResult(error);
    }

    /// <summary>Tells all peers of a new best block.</summary>
    public void Tell(IEnumerable<Peer> peers, in Header best)
    {
        byte[] announce = new BlockAnnounce(best, IsBest: true).Encode();
        foreach (Peer peer in peers) Tell(peer, announce);
    }

    private void Tell(Peer peer, byte[] announce)
    {
        if (peer.SenderOf(name) is { } sender && !sender.TrySend(announce)) peer.Disconnect();
    }
}
