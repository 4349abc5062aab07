using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface.Messages;
using Phala.Trie;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>However far a stream is behind the verified head, it is brought its entries; a hostile relayer can only delay that.</summary>
public sealed class StreamsFarBehindTests
{
    private const int Spacing = 4;

    [Fact]
    public void A_worker_that_was_led_to_the_tip_at_once_is_brought_all_entries_part_after_part()
    {
        WorkerWorld world = Old(out int entries);
        TestWorker worker = world.Add(new TestWorker(spacing: Spacing));
        Assert.Equal(SyncOutcome.Taken, worker.Relayer.Advance(world.Chain, world.Chain.Height).Outcome);
        SyncStatus status = worker.Status;
        Assert.False(status.Streams[0].Until.IsSome);
        Assert.False(status.Delivery.IsSome);
        DerivedEntry[] all = TestRelayer.EntriesUpTo(world.Chain, status);
        SyncReply whole = worker.Relayer.BeginEntries(new EntryHashes(default, [.. all.Select(entry => entry.Entry.Hash())]));
        Assert.Equal((SyncOutcome.HashesRefused, "TooManyEntries"), (whole.Outcome, whole.Detail));
        (int proven, int begun) = worker.Relayer.Deliver(world.Chain);
        Assert.Equal((entries - 1) / Spacing, proven);
        Assert.Equal(proven + 1, begun);
        Assert.True(proven > 5, "the queue is too short");
        Assert.Equal(world.Chain.Best.Queue, worker.Status.Streams[0].Applied);
    }

    [Fact]
    public void Wrong_proofs_change_nothing_and_the_honest_ones_succeed_after_each()
    {
        Random random = new(17);
        WorkerWorld world = Old(out _);
        TestWorker worker = world.Add(new TestWorker(spacing: Spacing));
        Assert.Equal(SyncOutcome.Taken, worker.Relayer.Advance(world.Chain, world.Chain.Height).Outcome);
        HashSet<string> refused = [];
        while (worker.Status.Needs.Waypoint.TryGet(out WaypointGap gap))
        {
            SyncStatus before = worker.Status;
            EntryHashes honest = TestRelayer.Proof(world.Chain, before, gap);
            for (int attack = 0; attack < 12; attack++)
            {
                EntryHashes spoilt = Spoil(honest, random);
                SyncReply reply = worker.Relayer.ProveWaypoint(spoilt);
                Assert.Equal(SyncOutcome.HashesRefused, reply.Outcome);
                Assert.Equal(before, reply.Status);
                refused.Add(reply.Detail);
            }

            Assert.Equal(SyncOutcome.Taken, worker.Relayer.ProveWaypoint(honest).Outcome);
            Assert.Equal(SyncOutcome.Taken, worker.Relayer.ProveWaypoint(honest).Outcome);
        }

        Assert.Superset(new HashSet<string> { "WrongHashes", "UnknownEnd", "WrongPlace", "TooManyHashes" }, refused);
        (int proven, _) = worker.Relayer.Deliver(world.Chain);
        Assert.Equal(0, proven);
        Assert.Equal(world.Chain.Best.Queue, worker.Status.Streams[0].Applied);
        Assert.Equal(world.First.Status.Streams[0], worker.Status.Streams[0]);
    }

    [Fact]
    public void A_member_that_joins_an_old_cluster_needs_no_proof_of_what_it_has_passed()
    {
        WorkerWorld world = Old(out int entries);
        TestWorker worker = world.Add(new TestWorker(spacing: Spacing));
        world.Settle();
        (int proven, int begun) = Join(world, worker);
        Assert.Equal(0, proven);
        Assert.True(begun > entries / Spacing, "the cluster was not brought its entries in parts");
        Assert.Equal(StreamState.Running, worker.Status.Streams[1].State);
        Assert.Equal(RestartTests.RootOf(world.First), RestartTests.RootOf(worker));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_proven_before_the_last_checkpoint_stays_proven(bool hasCheckpoint)
    {
        WorkerWorld world = Old(out _);
        TestWorker worker = world.Add(new TestWorker(spacing: Spacing));
        worker.Relayer.Advance(world.Chain, world.Chain.Height);
        for (int part = 0; part < 3; part++)
        {
            SyncStatus status = worker.Status;
            Assert.True(status.Needs.Waypoint.TryGet(out WaypointGap gap));
            worker.Relayer.ProveWaypoint(TestRelayer.Proof(world.Chain, status, gap));
        }

        Option<WaypointGap> before = worker.Status.Needs.Waypoint;
        await worker.Core.FlushAsync();
        if (hasCheckpoint) Assert.True(await worker.Core.TakeCheckpointAsync());
        await worker.KillAndStartAsync();
        Assert.Equal(hasCheckpoint, before == worker.Status.Needs.Waypoint);
        worker.Relayer.Deliver(world.Chain);
        Assert.Equal(world.Chain.Best.Queue, worker.Status.Streams[0].Applied);
    }

    [Fact]
    public async Task Waypoints_that_entries_passed_are_known_again_after_a_kill()
    {
        WorkerWorld world = Old(out _);
        TestWorker worker = world.Add(new TestWorker(spacing: Spacing));
        worker.Relayer.Advance(world.Chain, world.Chain.Height);
        worker.Relayer.Deliver(world.Chain);
        await worker.Core.FlushAsync();
        await worker.KillAndStartAsync();
        (int proven, _) = Join(world, worker);
        Assert.Equal(0, proven);
        Assert.Equal(RestartTests.RootOf(world.First), RestartTests.RootOf(worker));
    }

    /// <summary>A world with a cluster and a queue of many parts.</summary>
    private static WorkerWorld Old(out int entries)
    {
        WorkerWorld world = new WorkerWorld().BeginCluster();
        for (byte at = 0; at < 24; at++)
        {
            world.Store(ClusterQueries.Alice, $"door {at % 5}", at);
            world.Pallets.Seal();
        }

        world.Settle();
        if (world.Chain.Best.Queue.Count % Spacing == 0)
        {
            world.Store(ClusterQueries.Alice, "door", 1);
            world.Settle();
        }

        entries = (int)world.Chain.Best.Queue.Count;
        return world;
    }

    /// <summary>Makes a worker a member, and brings it all that the cluster has executed.</summary>
    /// <returns>How many waypoints were proven, and how many deliveries begun.</returns>
    private static (int Proven, int Begun) Join(WorkerWorld world, TestWorker worker)
    {
        world.Pallets.Push<ClusterEvent>(TestPallets.Pallet, Topics.ClusterEvent, new ClusterEvent.WorkerAdded(WorkerWorld.Cluster, worker.Identity));
        world.Pallets.Push<ClusterOperation>(TestPallets.Pallet, Topics.ClusterOperation, new ClusterOperation.AddWorker(WorkerWorld.Cluster, worker.Identity));
        (int proven, int begun) = (0, 0);
        for (int round = 0; round < 12; round++)
        {
            world.Pallets.Seal();
            foreach (TestRelayer relayer in world.Relayers.Where(relayer => relayer != worker.Relayer)) relayer.Relay(world.Chain, world.Pallets);
            Assert.Equal(SyncOutcome.Taken, worker.Relayer.Advance(world.Chain, world.Chain.Height).Outcome);
            (int moreProven, int moreBegun) = worker.Relayer.Deliver(world.Chain);
            (proven, begun) = (proven + moreProven, begun + moreBegun);
            worker.Relayer.Submit(world.Pallets);
        }

        return (proven, begun);
    }

    private static EntryHashes Spoil(EntryHashes honest, Random random)
    {
        Hash256[] hashes = honest.Hashes.ToArray();
        switch (random.Next(6))
        {
            case 0:
                hashes[random.Next(hashes.Length)] = default;
                return honest with { Hashes = [.. hashes] };
            case 1:
                return honest with { From = honest.From with { Hash = hashes[0] } };
            case 2:
                return honest with { Hashes = [.. hashes[1..]] };
            case 3:
                return honest with { From = honest.From.Append(hashes[0]), Hashes = [.. hashes[1..]] };
            case 4:
                return honest with { Hashes = [.. hashes, .. new Hash256[Spacing]] };
            default:
                return honest with { From = honest.From with { Count = ulong.MaxValue - 3 } };
        }
    }
}
