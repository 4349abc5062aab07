using Phala.Testing;

namespace Phala.Fuzz.Targets.Node;

/// <summary>Decoders of what the node finds in its data directory.</summary>
public static class StorageTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [new SnapshotTarget(), new WriteAheadLogTarget()];
}
