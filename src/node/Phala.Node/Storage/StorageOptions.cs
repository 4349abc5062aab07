namespace Phala.Node.Storage;

/// <summary>How much is kept, and where.</summary>
public sealed record StorageOptions
{
    /// <summary>How many states before the finalized one can be asked for; null for all (an archive). A chain that began as an archive stays one, whatever is said later.</summary>
    public uint? StatePruning { get; init; } = 256;

    /// <summary>How many bodies before the finalized block are kept; null for all.</summary>
    public uint? BodyPruning { get; init; }

    /// <summary>A snapshot is written when the changes since the last one cost this much to read, or a quarter of that snapshot's length if that is more.</summary>
    public long SnapshotBytes { get; init; } = 16 << 20;

    /// <summary>How many generations of snapshots are kept at least.</summary>
    public int SnapshotGenerations { get; init; } = 2;

    /// <summary>How much memory states beside the finalized one may hold, estimated.</summary>
    public long StateCacheBytes { get; init; } = 256 << 20;

    /// <summary>The write-ahead log is taken over into the database when it is this long.</summary>
    public long CheckpointBytes { get; init; } = 64 << 20;

    /// <summary>A database up to this length is read as a whole when it is opened; pages of a longer one are checked when they are used.</summary>
    public long FullCheckBytes { get; init; } = 256 << 20;

    /// <summary>Whether snapshots, pruning and checkpoints are done on a thread of the pool as they come due; otherwise <see cref="ChainStore.Maintain"/> is the caller's.</summary>
    public bool MaintainInBackground { get; init; } = true;
}
