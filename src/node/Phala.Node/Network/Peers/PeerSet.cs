using Phala.Node.Network.Addresses;

namespace Phala.Node.Network.Peers;

/// <summary>The peers that are connected, each once.</summary>
internal sealed class PeerSet
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PeerId, Peer> _peers = [];

    /// <summary>All of them; a copy.</summary>
    public IReadOnlyList<Peer> All
    {
        get
        {
            lock (_gate) return [.. _peers.Values];
        }
    }

    /// <summary>A peer has come. One that is there already has lost its old connection without our noticing, and is left.</summary>
    public void Add(Peer peer)
    {
        Peer? old;
        lock (_gate)
        {
            _peers.Remove(peer.Id, out old);
            _peers.Add(peer.Id, peer);
        }

        old?.Disconnect();
    }

    /// <summary>A peer has gone.</summary>
    public void Remove(Peer peer)
    {
        lock (_gate)
        {
            if (_peers.TryGetValue(peer.Id, out Peer? present) && present == peer) _peers.Remove(peer.Id);
        }
    }
}
