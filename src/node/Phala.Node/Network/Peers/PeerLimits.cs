namespace Phala.Node.Network.Peers;

/// <summary>How often one peer may do what costs this side something. What comes too early waits, and is refused where it would wait too long.</summary>
/// <param name="Time">The clock.</param>
internal sealed record PeerLimits(TimeProvider Time)
{
    /// <summary>Streams that it opens.</summary>
    public int StreamsPerMinute { get; init; } = 3000;

    /// <summary>Requests.</summary>
    public int RequestsPerMinute { get; init; } = 1200;

    /// <summary>Announcements, and what it says of its finality.</summary>
    public int NotificationsPerMinute { get; init; } = 1200;

    /// <summary>Transactions: each is validated once.</summary>
    public int TransactionsPerMinute { get; init; } = 6000;
}
