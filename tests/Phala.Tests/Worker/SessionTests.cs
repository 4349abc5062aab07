using Phala.Codec;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Workers;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>Who may answer: the newest session alone, as long as its lease lasts.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task Of_five_clones_one_serves_and_the_others_stop()
    {
        WorkerWorld world = new WorkerWorld(1).BeginCluster();
        TestWorker[] clones = [world.First, .. Enumerable.Range(0, 4).Select(_ => new TestWorker(new FilesInMemory(world.First.Files.Inner.AfterKill())))];
        await world.First.Core.FlushAsync();
        foreach (TestWorker clone in clones[1..]) world.Add(clone);
        for (int round = 0; round < 10; round++)
        {
            world.Settle(2);
            Assert.True(clones.Count(Serves) <= 1, $"{clones.Count(Serves)} clones serve");
        }

        Assert.Equal(1, clones.Count(Serves));
        Assert.Equal(4, clones.Count(clone => clone.Status.Stopped.TryGet(out StopReason reason) && reason == StopReason.SessionSuperseded));
        Assert.Equal(SyncOutcome.Stopped, clones.First(clone => !Serves(clone)).Relayer.Advance(new AdvanceRequest(default, default)).Outcome);
    }

    [Fact]
    public void A_lease_is_renewed_and_without_a_relayer_that_submits_it_ends()
    {
        WorkerWorld world = new WorkerWorld(1).BeginCluster();
        uint first = world.First.Core.View.LeaseEnd;
        for (int block = 0; block < 260; block++) world.Pallets.Seal();
        world.Settle();
        SessionRecord renewed = world.Pallets.Sessions[world.First.Identity];
        Assert.Equal(1u, renewed.Lease);
        Assert.True(world.First.Core.View.LeaseEnd > first);

        for (int block = 0; block < 700; block++) world.Pallets.Seal();
        world.First.Relayer.Advance(world.Chain, world.Chain.Height);
        world.First.Relayer.Deliver(world.Chain);
        Assert.Equal("the lease is over", world.First.Core.View.NotServing);
        Assert.True(world.First.Status.Needs.SessionClaim);
        world.Settle();
        Assert.Null(world.First.Core.View.NotServing);
    }

    [Fact]
    public async Task A_worker_that_is_a_member_no_longer_drops_keys_state_and_files()
    {
        WorkerWorld world = new WorkerWorld().BeginCluster();
        TestWorker worker = world.Workers[1];
        Assert.True(await worker.Core.TakeCheckpointAsync());
        Assert.Contains(worker.Files.List("/data"), name => name.StartsWith("cluster-", StringComparison.Ordinal));
        world.Pallets.Push<ClusterEvent>(TestPallets.Pallet, Topics.ClusterEvent, new ClusterEvent.WorkerRemoved(WorkerWorld.Cluster, worker.Identity));
        world.Settle();
        Assert.Single(worker.Status.Streams.ToArray());
        Assert.Equal("no cluster is executed up to the head", worker.Core.View.NotServing);
        Assert.DoesNotContain(worker.Files.List("/data"), name => name.StartsWith("cluster-", StringComparison.Ordinal));
        Assert.Null(world.First.Core.View.NotServing);

        // A member again, it is given keys again, in the same session and in later ones, and executes from the first entry.
        world.Pallets.Push<ClusterEvent>(TestPallets.Pallet, Topics.ClusterEvent, new ClusterEvent.WorkerAdded(WorkerWorld.Cluster, worker.Identity));
        world.Settle();
        Assert.Null(worker.Core.View.NotServing);
        Assert.Equal(RestartTests.RootOf(world.First), RestartTests.RootOf(worker));
        await worker.KillAndStartAsync();
        world.Settle();
        Assert.Null(worker.Core.View.NotServing);
        Assert.Equal(RestartTests.RootOf(world.First), RestartTests.RootOf(worker));
    }

    [Fact]
    public void Secrets_wrapped_for_another_history_open_nothing()
    {
        WorkerWorld world = new WorkerWorld().BeginCluster();
        ClusterKeyMessage.Wrapped[] wraps = [.. Wraps(world)];
        Assert.Equal(2, wraps.Length);
        foreach (ClusterKeyMessage.Wrapped wrap in wraps)
        {
            TestWorker other = world.Workers.Single(worker => worker.Core.Session.SigningKey != wrap.Session);
            Assert.Null(other.Core.Session.TryUnwrap(world.Chain.Genesis, wrap.Cluster, wrap.Epoch, wrap.Sealed.AsSpan()));
            TestWorker own = world.Workers.Single(worker => worker.Core.Session.SigningKey == wrap.Session);
            Assert.NotNull(own.Core.Session.TryUnwrap(world.Chain.Genesis, wrap.Cluster, wrap.Epoch, wrap.Sealed.AsSpan()));
            Assert.Null(own.Core.Session.TryUnwrap(world.Chain.Blocks[1].Hash, wrap.Cluster, wrap.Epoch, wrap.Sealed.AsSpan()));
            Assert.Null(own.Core.Session.TryUnwrap(world.Chain.Genesis, ClusterWorld.Hash("another"), wrap.Epoch, wrap.Sealed.AsSpan()));
            Assert.Null(own.Core.Session.TryUnwrap(world.Chain.Genesis, wrap.Cluster, wrap.Epoch + 1, wrap.Sealed.AsSpan()));
        }
    }

    [Fact]
    public void A_worker_on_a_forged_history_gets_no_session()
    {
        WorkerWorld world = new WorkerWorld(1);
        world.Settle();
        SignedSessionClaim? claim = Deceive(world, out _).Relayer.Claim();
        Assert.NotNull(claim);
        Assert.False(world.Pallets.Record(claim));
    }

    [Fact]
    public void Secrets_wrapped_for_a_block_that_the_session_never_claimed_open_nothing()
    {
        WorkerWorld world = new WorkerWorld(1);
        world.Settle();
        TestWorker deceived = Deceive(world, out QueueChain forged);
        SessionClaim claim = deceived.Relayer.Claim()!.Claim;
        Assert.Equal(forged.Best.Id, claim.Block);

        // A wrap names the block that the chain has recorded, which is one of its own.
        Assert.Null(Unwrap(world.Chain.Best.Hash));
        Assert.NotNull(Unwrap(forged.Best.Hash));

        ClusterSecrets? Unwrap(Hash256 recorded)
        {
            using ClusterSecrets secrets = new(0, ClusterWorld.Bytes("command"), ClusterWorld.Bytes("root"));
            byte[] wrapped = new byte[KeyWrap.Length];
            KeyWrapContext context = new(world.Chain.Genesis, WorkerWorld.Cluster, 0, claim.SigningKey, recorded);
            Assert.Equal(EnvelopeError.None, KeyWrap.Seal(context, claim.EncryptionKey, secrets, ClusterWorld.Bytes("entropy"), wrapped));
            return deceived.Core.Session.TryUnwrap(world.Chain.Genesis, WorkerWorld.Cluster, 0, wrapped);
        }
    }

    [Fact]
    public void Queries_are_answered_with_what_they_were_read_from_and_refusals_are_signed()
    {
        WorkerWorld world = new WorkerWorld().BeginCluster();
        world.Store(ClusterQueries.Alice, "door", 42);
        world.Settle();
        TestWorker worker = world.Workers[1];
        Assert.Equal([0, 0, 4, 42], ClusterQueries.Read(worker.Call, world, worker.Status, ClusterQueries.Alice));
        Assert.Equal(1, ClusterQueries.Read(worker.Call, world, worker.Status, ClusterQueries.Alice, Actor.Eve)[1]);

        QueryRequest ahead = ClusterQueries.Request(world, [1, 2, 3, 4], minFinalized: (uint)world.Chain.Height + 1);
        SessionRecord session = world.Pallets.Sessions[worker.Identity];
        byte[]? reply = ClusterQueries.AskSealed(worker.Call, world, session, ahead, Actor.Alice, out AnswerKey key);
        Assert.Equal(EnvelopeError.None, key.TryOpen(reply, out QueryAnswer? behind));
        Assert.Equal(new QueryOutcome.Refused(QueryRefusal.Behind), behind!.Outcome);

        SessionRecord others = world.Pallets.Sessions[world.First.Identity];
        Assert.Null(ClusterQueries.AskSealed(worker.Call, world, others, ClusterQueries.Request(world, []), Actor.Alice, out _));
        ulong now = world.Chain.Best.Slot * QueueChain.SlotDuration;
        Assert.Equal(QueryRefusal.Expired, Refusal(worker, world, session, ClusterQueries.Request(world, [], expiry: now - 1)));
        Assert.Equal(QueryRefusal.ExpiresTooLate, Refusal(worker, world, session, ClusterQueries.Request(world, [], expiry: now + QueryRequest.LongestLife + 1)));
    }

    private static QueryRefusal Refusal(TestWorker worker, WorkerWorld world, SessionRecord session, QueryRequest request)
    {
        byte[]? reply = ClusterQueries.AskSealed(worker.Call, world, session, request, Actor.Alice, out AnswerKey key);
        Assert.Equal(EnvelopeError.None, key.TryOpen(reply, out QueryAnswer? answer));
        return Assert.IsType<QueryOutcome.Refused>(answer!.Outcome).Reason;
    }

    private static bool Serves(TestWorker worker) => worker.Core.View.NotServing is null;

    private static IEnumerable<ClusterKeyMessage.Wrapped> Wraps(WorkerWorld world) => world.Pallets.Accepted
        .Where(message => message.Message.Destination == Topics.ClusterKeys)
        .Select(message => Scale.Decode<ClusterKeyMessage>(message.Message.Payload.AsSpan()).Value)
        .OfType<ClusterKeyMessage.Wrapped>();

    /// <summary>A worker that is shown a history in which the last block is another one, signed by the same voters.</summary>
    private static TestWorker Deceive(WorkerWorld world, out QueueChain forged)
    {
        forged = world.Chain.Fork(world.Chain.Height - 1);
        TestWorker deceived = new();
        deceived.Relayer.Begin(forged);
        forged.Append();
        deceived.Relayer.Advance(forged, forged.Height);
        return deceived;
    }
}
