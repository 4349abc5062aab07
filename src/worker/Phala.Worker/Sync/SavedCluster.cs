using Phala.Clusters;
using Phala.Worker.Streams;

namespace Phala.Worker.Sync;

/// <summary>A cluster to be kept.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Content">What its snapshot holds.</param>
/// <param name="Key">What the snapshot is sealed under. Zeroing it is the writer's.</param>
internal sealed record SavedCluster(Cluster Cluster, RestoredCluster Content, byte[] Key)
{
    /// <summary>A cluster as it is.</summary>
    public static SavedCluster Of(ClusterStream stream)
    {
        byte[] key = new byte[32];
        stream.DeriveSnapshotKey(key);
        return new SavedCluster(stream.Cluster, stream.Save(), key);
    }
}
