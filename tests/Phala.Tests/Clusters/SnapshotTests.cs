using Phala.Clusters;
using Phala.Clusters.Execution;
using Phala.Clusters.Snapshots;
using Phala.Testing.Chain.Clusters;
using Xunit;

namespace Phala.Tests.Clusters;

public sealed class SnapshotTests
{
    [Fact]
    public void A_state_is_read_as_it_was_written()
    {
        ClusterWorld world = TestContract.World();
        byte[] bytes = ClusterSnapshot.Write(world.Cluster, world.State);
        Assert.Equal(SnapshotError.None, ClusterSnapshot.TryRead(world.Cluster, bytes, out ClusterState? state));
        Assert.Equal((world.State.Position, world.State.BlockNumber, world.State.BlockTime, world.State.Reported, world.State.Root), (state!.Position, state.BlockNumber, state.BlockTime, state.Reported, state.Root));
        Assert.Equal(bytes, ClusterSnapshot.Write(world.Cluster, state));
    }

    [Fact]
    public void No_changed_or_missing_byte_is_overlooked()
    {
        ClusterWorld world = TestContract.World();
        byte[] bytes = ClusterSnapshot.Write(world.Cluster, world.State);
        HashSet<SnapshotError> seen = [];
        int accepted = 0;
        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 4;
            SnapshotError error = ClusterSnapshot.TryRead(world.Cluster, changed, out ClusterState? state);
            seen.Add(error);
            if (error == SnapshotError.None) accepted++;
            Assert.Equal(error == SnapshotError.None, state is not null);
            if (state is not null) Assert.Equal(world.State.Root, state.Root);
            Assert.NotEqual(SnapshotError.None, ClusterSnapshot.TryRead(world.Cluster, bytes.AsMemory(0, at), out _));
        }

        // Position, block, time and the last report are not under the root: who seals a snapshot vouches for them.
        Assert.Equal(8 + 32 + 4 + 8 + 32, accepted);
        Assert.Equal(Enum.GetValues<SnapshotError>(), seen.Order());
    }

    [Fact]
    public void Another_clusters_snapshot_is_refused()
    {
        ClusterWorld world = TestContract.World();
        byte[] bytes = ClusterSnapshot.Write(world.Cluster, world.State);
        Assert.Equal(SnapshotError.WrongCluster, ClusterSnapshot.TryRead(new Cluster(ClusterWorld.Id, ClusterWorld.Id, ContractCodes.Standard), bytes, out _));
        Assert.Equal(SnapshotError.WrongCluster, ClusterSnapshot.TryRead(new Cluster(ClusterWorld.Genesis, ClusterWorld.Genesis, ContractCodes.Standard), bytes, out _));
    }
}
