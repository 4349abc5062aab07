namespace Phala.Node.Storage.Snapshots;

/// <summary>Why a file is no whole snapshot.</summary>
public enum SnapshotError
{
    /// <summary>It is one.</summary>
    None = 0,

    /// <summary>It ends before its end.</summary>
    Truncated,

    /// <summary>A chunk is not as it was written, or is longer than chunks are.</summary>
    BadChecksum,

    /// <summary>It does not begin as a snapshot of this format.</summary>
    BadHeader,

    /// <summary>A chunk does not belong where it is.</summary>
    BadOrder,

    /// <summary>What a chunk holds are no entries.</summary>
    BadEntry,

    /// <summary>It holds more or fewer entries than it says.</summary>
    WrongCount,

    /// <summary>It goes on after its end.</summary>
    ExcessBytes,

    /// <summary>The entries do not give the state root that it names.</summary>
    WrongRoot,
}
