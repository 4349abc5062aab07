namespace Phala.Client.Clusters;

/// <summary>What a client of a cluster insists on.</summary>
public sealed record ClusterOptions
{
    /// <summary>How old the view may be that an answer comes from, by this machine's clock.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether the chain must hold the state that an answer comes from: enough members reported it. Answers then wait for that.</summary>
    public bool RequireAnchored { get; init; }

    /// <summary>How many blocks a worker may be behind the newest that this client has verified.</summary>
    public uint MaxLag { get; init; } = 16;

    /// <summary>How long a command may take into the queue; it is not executed later. At most a day.</summary>
    public TimeSpan CommandLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a query is good for; at most a day.</summary>
    public TimeSpan QueryLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a receipt is waited for.</summary>
    public TimeSpan ReceiptTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
