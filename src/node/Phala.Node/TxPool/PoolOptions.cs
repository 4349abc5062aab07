namespace Phala.Node.TxPool;

/// <summary>The pool's bounds.</summary>
public sealed record PoolOptions
{
    /// <summary>Limits of those that could be in the next blocks.</summary>
    public PoolLimits Ready { get; init; } = new(32_768, 64L << 20, 4096);

    /// <summary>Limits of those that wait for others; with a count of 0 there are none.</summary>
    public PoolLimits Future { get; init; } = new(4096, 8L << 20, 256);

    /// <summary>How long an invalid transaction is not looked at again.</summary>
    public TimeSpan BanTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How many of those are remembered.</summary>
    public int MaxBanned { get; init; } = 8192;

    /// <summary>How many are validated again on a new block because their accounts were touched; the rest waits for its turn.</summary>
    public int RevalidatedAtOnce { get; init; } = 4096;

    /// <summary>How many others are validated again on each new block, those first whose last time is longest ago.</summary>
    public int RevalidatedInTurn { get; init; } = 256;

    /// <summary>How many may be watched at a time.</summary>
    public int MaxWatches { get; init; } = 65_536;

    /// <summary>How many statuses a watcher may be behind before it is cut off.</summary>
    public int WatchQueue { get; init; } = 32;

    /// <summary>After how many further blocks the watchers of a block's transactions no longer wait for it to become final.</summary>
    public int FinalityTimeoutBlocks { get; init; } = 512;

    /// <summary>How many may be submitted again and again at a time.</summary>
    public int MaxBroadcasts { get; init; } = 1024;

    /// <summary>Whether this node makes blocks: only then does it take what is not for peers.</summary>
    public bool IsAuthor { get; init; } = true;
}
