using Phala.Clusters;
using Phala.Clusters.Snapshots;
using Phala.Testing;
using Phala.Testing.Chain.Clusters;

namespace Phala.Fuzz.Targets.Clusters;

/// <summary>Snapshots of clusters. Past the outermost check is what begins as one.</summary>
internal sealed class ClusterSnapshotTarget : FuzzTarget
{
    private static readonly ClusterWorld Empty = new(), World = new ClusterWorld(deposit: 5).Begin();

    /// <inheritdoc/>
    public override string Name => "cluster-snapshot";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [ClusterSnapshot.Write(World.Cluster, World.State), ClusterSnapshot.Write(Empty.Cluster, Empty.State)];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<SnapshotError>().Except([nameof(SnapshotError.None)])];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (64 << 10) + (256L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        SnapshotError error = ClusterSnapshot.TryRead(World.Cluster, input, out ClusterState? state);
        if (error != SnapshotError.None) return new FuzzOutcome(error != SnapshotError.NoSnapshot, error.ToString());
        if (!ClusterSnapshot.Write(World.Cluster, state!).AsSpan().SequenceEqual(input)) throw new InvalidOperationException("A snapshot has two forms.");
        return new FuzzOutcome(true, null);
    }
}
