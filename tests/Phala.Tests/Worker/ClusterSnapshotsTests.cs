using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Phala.Clusters;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Trie.Storage;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Persistence;
using Phala.Worker.Streams;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>A cluster's snapshot is there when it is needed, or it is said that it is not; and no disk's fault reaches what is executed.</summary>
public sealed class ClusterSnapshotsTests
{
    private static readonly Cluster Cluster = new ClusterWorld().Cluster;

    private readonly FilesInMemory _files = new();

    [Fact]
    public void A_state_of_more_than_64_MiB_is_read_as_it_was_written()
    {
        ClusterSnapshots snapshots = new(_files, "/data", 3, NullLogger.Instance);
        RestoredCluster large = StateOf(values: 280, length: 256 * 1024, count: 7);
        snapshots.Write(Cluster, large, Key());
        Assert.True(_files.Inner.Used > 64 * 1024 * 1024, "the state is not that long");
        RestoredCluster? restored = snapshots.TryRead(Cluster, Key());
        Assert.Equal((large.Cursor, large.State.Root), (restored?.Cursor, restored?.State.Root));
        Assert.Equal(0, snapshots.Refused);
    }

    [Fact]
    public void A_state_that_is_too_long_is_told_and_the_older_snapshot_stays()
    {
        ClusterSnapshots snapshots = new(_files, "/data", 3, NullLogger.Instance, longest: 4096);
        RestoredCluster small = StateOf(values: 3, length: 1000, count: 7), large = StateOf(values: 5, length: 1000, count: 8);
        snapshots.Write(Cluster, small, Key());
        snapshots.Write(Cluster, large, Key());
        Assert.Equal(1, snapshots.Refused);
        Assert.Equal(small.Cursor, snapshots.TryRead(Cluster, Key())?.Cursor);
        snapshots.Write(Cluster, StateOf(values: 2, length: 1000, count: 9), Key());
        Assert.Equal(0, snapshots.Refused);
        Assert.Equal(9ul, snapshots.TryRead(Cluster, Key())?.Cursor.Head.Count);
        snapshots.Write(Cluster, large, Key());
        snapshots.Clear(Cluster.Id);
        Assert.Equal(0, snapshots.Refused);
        Assert.Null(snapshots.TryRead(Cluster, Key()));
    }

    [Fact]
    public void What_can_not_be_read_is_passed_over_and_what_can_not_be_removed_stays()
    {
        ClusterSnapshots snapshots = new(_files, "/data", 3, NullLogger.Instance);
        for (ulong count = 7; count < 10; count++) snapshots.Write(Cluster, StateOf(values: 2, length: 10, count), Key());
        _files.IsBroken = path => path.EndsWith("-9.snap", StringComparison.Ordinal);
        Assert.Equal(8ul, snapshots.TryRead(Cluster, Key())?.Cursor.Head.Count);
        snapshots.Clear(Cluster.Id);
        Assert.EndsWith("-9.snap", Assert.Single(_files.List("/data")), StringComparison.Ordinal);
        Assert.Null(snapshots.TryRead(Cluster, Key()));
    }

    [Fact]
    public async Task A_disk_that_fails_when_a_member_leaves_leaves_no_gap()
    {
        WorkerWorld world = new WorkerWorld().BeginCluster();
        TestWorker worker = world.Workers[1];
        Assert.True(await worker.Core.TakeCheckpointAsync());
        worker.Files.IsBroken = path => path.Contains("cluster-", StringComparison.Ordinal);
        world.Pallets.Push<ClusterEvent>(TestPallets.Pallet, Topics.ClusterEvent, new ClusterEvent.WorkerRemoved(WorkerWorld.Cluster, worker.Identity));
        world.Settle();
        Assert.Single(worker.Status.Streams.ToArray());
        Assert.Equal(world.Chain.Best.Queue, worker.Status.Streams[0].Applied);
        SyncStatus before = worker.Status;
        Assert.True(await worker.Core.FlushAsync());
        await worker.KillAndStartAsync();
        Assert.Equal((before.Head, before.Streams), (worker.Status.Head, worker.Status.Streams));
    }

    [Fact]
    public async Task A_disk_that_fails_when_keys_come_costs_the_snapshot_alone()
    {
        WorkerWorld world = new WorkerWorld().BeginCluster();
        world.Store(ClusterQueries.Alice, "door", 1);
        world.Settle();
        TestWorker worker = world.Workers[1];
        Assert.True(await worker.Core.TakeCheckpointAsync());
        worker.Files.IsBroken = path => path.Contains("cluster-", StringComparison.Ordinal);
        await worker.KillAndStartAsync();
        world.Settle();
        Assert.Equal(StreamState.Running, worker.Status.Streams[1].State);
        Assert.Equal(RestartTests.RootOf(world.First), RestartTests.RootOf(worker));
    }

    private static byte[] Key() => ClusterWorld.Bytes("a snapshot's key");

    private static RestoredCluster StateOf(int values, int length, ulong count)
    {
        TrieChange[] changes = [.. Enumerable.Range(0, values).Select(index => TrieChange.Set(BitConverter.GetBytes(index), RandomNumberGenerator.GetBytes(length)))];
        StateSnapshot content = StateSnapshot.Empty(ClusterState.Version).Apply(StateDelta.Create(TrieDelta.Create(changes)));
        QueueHead position = new(count, ClusterWorld.Hash($"position {count}"));
        return new RestoredCluster(new QueueCursor(position, 5), new ClusterState(position, 5, 30_000, default, content), [], []);
    }
}
