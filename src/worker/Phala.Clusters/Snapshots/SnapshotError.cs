namespace Phala.Clusters.Snapshots;

/// <summary>Why bytes are no snapshot of a cluster.</summary>
public enum SnapshotError : byte
{
    /// <summary>They are one.</summary>
    None = 0,

    /// <summary>They do not begin as one does.</summary>
    NoSnapshot,

    /// <summary>It is of another chain or another cluster.</summary>
    WrongCluster,

    /// <summary>They are not what they should be after the beginning.</summary>
    Malformed,

    /// <summary>The entries do not have the root that the beginning says.</summary>
    WrongRoot,
}
