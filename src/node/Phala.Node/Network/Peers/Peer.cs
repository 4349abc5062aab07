using System.Net;
using Phala.Node.Limits;
using Phala.Node.Network.Addresses;
using Phala.Node.Network.Notifications;
using Phala.Node.Network.Yamux;

namespace Phala.Node.Network.Peers;

/// <summary>A peer that has proved its identity, while it is connected.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, NotificationSender> _senders = [];
    private readonly CancellationTokenSource _ended;

    /// <summary>A peer.</summary>
    /// <param name="id">Who it is.</param>
    /// <param name="remote">Where it comes from.</param>
    /// <param name="session">Its streams.</param>
    /// <param name="limits">How much it may ask for.</param>
    /// <param name="stop">Ends it.</param>
    public Peer(PeerId id, IPEndPoint remote, YamuxSession session, PeerLimits limits, CancellationToken stop)
    {
        (Id, Remote, Session) = (id, remote, session);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Streams = new RateLimiter(limits.StreamsPerMinute, limits.Time);
        Requests = new RateLimiter(limits.RequestsPerMinute, limits.Time);
        Notifications = new RateLimiter(limits.NotificationsPerMinute, limits.Time);
        Transactions = new RateLimiter(limits.TransactionsPerMinute, limits.Time);
        Ended = _ended.Token;
    }

    /// <summary>Who it is.</summary>
    public PeerId Id { get; }

    /// <summary>Where it comes from.</summary>
    public IPEndPoint Remote { get; }

    /// <summary>Its streams.</summary>
    public YamuxSession Session { get; }

    /// <summary>Cancelled when it is to be left.</summary>
    public CancellationToken Ended { get; }

    /// <summary>How often it may open streams.</summary>
    public RateLimiter Streams { get; }

    /// <summary>How often it may ask.</summary>
    public RateLimiter Requests { get; }

    /// <summary>How often it may tell something.</summary>
    public RateLimiter Notifications { get; }

    /// <summary>How many transactions it may send.</summary>
    public RateLimiter Transactions { get; }

    /// <summary>What it is and how far; null until it has said so.</summary>
    public PeerStatus? Status
    {
        get
        {
            lock (_gate) return field;
        }

        set
        {
            lock (_gate) field = value;
        }
    }

    /// <summary>How far it follows finality; null until it has said so.</summary>
    public VoterView? View
    {
        get
        {
            lock (_gate) return field;
        }

        set
        {
            lock (_gate) field = value;
        }
    }

    /// <summary>The stream of notifications of a protocol towards it; null where there is none.</summary>
    public NotificationSender? SenderOf(string protocol)
    {
        lock (_gate) return _senders.GetValueOrDefault(protocol);
    }

    /// <summary>There is a stream of notifications towards it; false where there is one of this protocol already.</summary>
    public bool TryAdd(string protocol, NotificationSender sender)
    {
        lock (_gate) return _senders.TryAdd(protocol, sender);
    }

    /// <summary>The stream is over.</summary>
    public void Remove(string protocol)
    {
        lock (_gate) _senders.Remove(protocol);
    }

    /// <summary>It is to be left. Who tells all peers something may find that one has gone meanwhile.</summary>
    public void Disconnect()
    {
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has gone.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ended.Dispose();
}
