using Phala.Runtime.Interface.Clusters;
using Phala.Testing.Chain;
using Phala.Tests.Node.Storage;
using Phala.Trie;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>Whatever ends a worker, it comes back to the state that the chain gives it.</summary>
public sealed class RestartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_worker_that_comes_back_waits_for_keys_and_reaches_the_same_state(bool isKilled)
    {
        WorkerWorld world = new WorkerWorld().BeginCluster();
        for (byte at = 0; at < 5; at++)
        {
            world.Store(ClusterQueries.Alice, "door", at);
            world.Settle();
            if (at == 2) Assert.True(await world.Workers[1].Core.TakeCheckpointAsync());
        }

        SyncStatus before = world.Workers[1].Status;
        Hash256 root = RootOf(world.Workers[1]);
        if (isKilled)
        {
            await world.Workers[1].KillAndStartAsync();
        }
        else
        {
            await world.Workers[1].StopAsync();
            world.Workers[1].Start();
        }

        SyncStatus after = world.Workers[1].Status;
        Assert.Equal(before.Head, after.Head);
        Assert.NotEqual(before.Session, after.Session);
        Assert.Equal(before.Streams[0], after.Streams[0]);
        Assert.Equal(StreamState.AwaitingKeys, after.Streams[1].State);
        Assert.Empty(world.Workers[1].Core.View.Clusters);

        world.Settle();
        Assert.Equal(StreamState.Running, world.Workers[1].Status.Streams[1].State);
        Assert.Equal(root, RootOf(world.Workers[1]));
        Assert.Equal(RootOf(world.First), RootOf(world.Workers[1]));
        Assert.Null(world.Workers[1].Core.View.NotServing);
    }

    [Fact]
    public async Task A_worker_without_its_files_but_its_identity_begins_again_and_reaches_the_same_state()
    {
        WorkerWorld world = new WorkerWorld().BeginCluster();
        world.Store(ClusterQueries.Alice, "door", 1);
        world.Settle();
        TestWorker worker = world.Workers[1];
        await worker.StopAsync();
        foreach (string name in worker.Files.List("/data").Where(name => name.EndsWith(".snap", StringComparison.Ordinal) || name.EndsWith(".log", StringComparison.Ordinal))) worker.Files.Delete("/data/" + name);
        worker.Start();
        Assert.False(worker.Status.Genesis.IsSome);

        QueueChain other = QueueChain.Create(mark: 9);
        Assert.Equal(SyncOutcome.OtherGenesis, worker.Relayer.Begin(other).Outcome);
        Assert.Equal(SyncOutcome.Taken, worker.Relayer.Begin(world.Chain).Outcome);
        world.Settle();
        Assert.Equal(RootOf(world.First), RootOf(worker));
        Assert.Null(worker.Core.View.NotServing);
    }

    [Fact]
    public async Task An_identity_that_is_missing_beside_state_is_not_made_anew()
    {
        WorkerWorld world = new WorkerWorld(1).BeginCluster();
        TestWorker worker = world.First;
        await worker.StopAsync();
        worker.Files.Delete("/data/identity.seal");
        Assert.False(worker.TryStart(out string? problem));
        Assert.Contains("identity.seal is missing", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("identity.seal", worker.Files.List("/data"));
    }

    [Fact]
    public async Task Another_machine_opens_nothing_and_says_so()
    {
        WorkerWorld world = new WorkerWorld(1).BeginCluster();
        await world.First.StopAsync();
        Assert.Throws<Xunit.Sdk.TrueException>(() => new TestWorker(world.First.Files, new FixedSealing(2)));
    }

    [Fact]
    public async Task A_gatekeeper_that_was_killed_never_draws_secrets_twice()
    {
        WorkerWorld world = new WorkerWorld();
        world.Settle();
        world.Pallets.Push<Phala.Runtime.Interface.Messages.GatekeeperLaunch>(
            TestPallets.Pallet, Phala.Runtime.Interface.Messages.Topics.GatekeeperLaunch, new Phala.Runtime.Interface.Messages.GatekeeperLaunch.FirstGatekeeper(world.First.Identity, world.First.Identity));
        world.CreateCluster([world.First.Identity, world.Workers[1].Identity]);
        for (int round = 0; round < 8; round++)
        {
            world.Pallets.Seal();
            foreach (TestWorker worker in world.Workers) worker.Relayer.Relay(world.Chain, world.Pallets);
            await world.First.KillAndStartAsync();
        }

        world.Settle(20);
        _ = world.CommandKey; // There is one announcement alone.
        world.Store(ClusterQueries.Alice, "door", 1);
        world.Settle();
        Assert.Equal(RootOf(world.First), RootOf(world.Workers[1]));
        Assert.Equal(0u, world.First.Status.Needs.PendingMessages);
    }

    [Fact]
    public async Task Files_put_back_to_an_earlier_state_cost_a_catching_up_and_nothing_else()
    {
        WorkerWorld world = new WorkerWorld().BeginCluster();
        TestWorker worker = world.First;
        await worker.Core.FlushAsync();
        MemoryFileSystem old = worker.Files.Inner.AfterKill();
        for (byte at = 0; at < 3; at++)
        {
            world.Store(ClusterQueries.Alice, "door", at);
            world.Settle();
        }

        Hash256 root = RootOf(world.Workers[1]);
        await worker.StopAsync();
        worker.Files = new FilesInMemory(old);
        worker.Start();
        Assert.True(worker.Status.Head.Number < world.Chain.Height);
        Assert.NotNull(worker.Core.View.NotServing);
        world.Settle();
        Assert.Equal(root, RootOf(worker));
        Assert.Null(worker.Core.View.NotServing);
    }

    [Fact]
    public async Task Facts_that_say_nothing_new_are_not_written()
    {
        WorkerWorld world = new WorkerWorld().BeginCluster();
        TestWorker worker = world.First;
        Assert.True(await worker.Core.FlushAsync());
        long before = worker.Files.Inner.Used;
        AdvanceRequest facts = TestRelayer.AdvanceTo(world.Chain, worker.Status, world.Chain.Height);
        Assert.False(facts.Advance.IsSome);
        for (int again = 0; again < 20; again++) Assert.Equal(SyncOutcome.Taken, worker.Relayer.Advance(facts).Outcome);
        Assert.True(await worker.Core.FlushAsync());
        Assert.Equal(before, worker.Files.Inner.Used);

        // What had arrived is known after a kill too.
        Assert.Equal(0u, worker.Status.Needs.PendingMessages);
        await worker.KillAndStartAsync();
        Assert.Equal(0u, worker.Status.Needs.PendingMessages);
    }

    [Fact]
    public void However_deliveries_are_cut_the_reports_are_equal()
    {
        WorkerWorld world = new WorkerWorld().BeginCluster();
        for (byte at = 0; at < 6; at++)
        {
            world.Store(ClusterQueries.Alice, $"door {at}", at);
            world.Pallets.Seal();
            if (at % 2 == 0) world.Pallets.Seal(changes: at == 2);
        }

        Random random = new(7);
        world.First.Relayer.Advance(world.Chain, world.Chain.Height);
        world.First.Relayer.Deliver(world.Chain);
        for (int to = (int)world.Workers[1].Status.Head.Number + 1; to <= world.Chain.Height; to = Math.Min(world.Chain.Height, to + random.Next(1, 3)))
        {
            Assert.Equal(SyncOutcome.Taken, world.Workers[1].Relayer.Advance(world.Chain, to, random.Next(2) == 0).Outcome);
            world.Workers[1].Relayer.Deliver(world.Chain, random.Next(1, 4));
            if (to == world.Chain.Height) break;
        }

        ClusterReport[] first = [.. world.First.Core.View.Reports.Select(report => report.Report)], second = [.. world.Workers[1].Core.View.Reports.Select(report => report.Report)];
        Assert.Equal(6, first.Length);
        Assert.Equal(first, second);
        Assert.Equal(RootOf(world.First), RootOf(world.Workers[1]));
    }

    internal static Hash256 RootOf(TestWorker worker) => worker.Core.View.Clusters[WorkerWorld.Cluster].View.State.Root;
}
