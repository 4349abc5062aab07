using System.Globalization;
using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>A relayer can delay, and nothing else. <c>PHALA_WORKER_DELIVERIES</c> says how many mutated deliveries are tried.</summary>
public sealed class HostileRelayerTests
{
    private const int MutatedPerBlock = 24;
    private static readonly int Deliveries = int.Parse(Environment.GetEnvironmentVariable("PHALA_WORKER_DELIVERIES") ?? "1440", CultureInfo.InvariantCulture);

    private readonly WorkerWorld _world = new WorkerWorld().BeginCluster();

    private TestWorker Worker => _world.First;

    /// <summary>The other member of the cluster, whose relayer is honest.</summary>
    private TestWorker Twin => _world.Workers[1];

    [Fact]
    public void What_was_taken_is_taken_again_without_effect()
    {
        _world.Store(ClusterQueries.Alice, "door", 1);
        _world.Pallets.Seal();
        SyncStatus before = Worker.Status;
        AdvanceRequest advance = TestRelayer.AdvanceTo(_world.Chain, before, _world.Chain.Height);
        Assert.Equal(SyncOutcome.Taken, Worker.Relayer.Advance(advance).Outcome);
        Assert.Equal(SyncOutcome.Taken, Worker.Relayer.Advance(advance).Outcome);
        DerivedEntry[] entries = TestRelayer.EntriesUpTo(_world.Chain, Worker.Status);
        EntryHashes hashes = new(before.Queue, [.. entries.Skip((int)before.Queue.Count).Select(entry => entry.Entry.Hash())]);
        SyncReply begun = Worker.Relayer.BeginEntries(hashes);
        Assert.True(begun.Status.Delivery.TryGet(out DeliveryStatus? delivery));
        EntryBatch batch = TestRelayer.Batch(entries, delivery, 64);
        Assert.Equal(SyncOutcome.Taken, Worker.Relayer.DispatchEntries(batch).Outcome);
        SyncStatus after = Worker.Status;
        Assert.Equal(SyncOutcome.NoDelivery, Worker.Relayer.DispatchEntries(batch).Outcome);
        Assert.Equal(SyncOutcome.UnknownCursor, Worker.Relayer.BeginEntries(hashes).Outcome);
        Assert.Equal(after, Worker.Status);
        Assert.Equal(after.Queue, after.Streams[1].Applied);
    }

    [Fact]
    public void Mutated_deliveries_change_nothing_and_the_honest_one_succeeds_after_each()
    {
        Random random = new(41);
        HashSet<SyncOutcome> seen = [];
        for (int round = 0; round < Deliveries / MutatedPerBlock; round++)
        {
            _world.Store(ClusterQueries.Alice, "door", (byte)round);
            _world.Pallets.Seal(changes: round % 7 == 3);
            if (round % 3 == 0) _world.Pallets.Seal();
            for (int mutation = 0; mutation < MutatedPerBlock / 2; mutation++) seen.Add(Mutate(random));
            SyncReply reply = Worker.Relayer.Advance(_world.Chain, _world.Chain.Height);
            Assert.Equal(SyncOutcome.Taken, reply.Outcome);
            for (int mutation = 0; mutation < MutatedPerBlock / 2; mutation++) seen.Add(MutateEntries(random));
            Worker.Relayer.Deliver(_world.Chain);
            SyncStatus status = Worker.Status;
            Assert.Equal(_world.Chain.Best.Queue, status.Streams[0].Applied);
            Assert.Equal(_world.Chain.Best.Queue, status.Streams[1].Applied);
            Assert.Equal(_world.Chain.Best.Id, status.Head);
            Worker.Relayer.Submit(_world.Pallets);
            Twin.Relayer.Relay(_world.Chain, _world.Pallets);
            Assert.Equal(RestartTests.RootOf(Twin), RestartTests.RootOf(Worker));
        }

        // Each rule was met.
        Assert.Superset(new HashSet<SyncOutcome> { SyncOutcome.Taken, SyncOutcome.AdvanceRefused, SyncOutcome.FactsRefused, SyncOutcome.UnknownCursor, SyncOutcome.HashesRefused, SyncOutcome.Gap, SyncOutcome.EntryRefused, SyncOutcome.BodyRefused, SyncOutcome.NoDelivery }, seen);
        Assert.True(_world.Pallets.Reports.Count > 30);
        Assert.All(_world.Pallets.Reports.Values, reports => Assert.Equal(reports[0].Report, reports[^1].Report));
        Assert.All(_world.Pallets.Reports.Values, reports => Assert.Equal(2, reports.Count));
    }

    [Fact]
    public void A_good_advance_with_bad_facts_is_taken_and_seen()
    {
        _world.Pallets.Seal();
        AdvanceRequest request = TestRelayer.AdvanceTo(_world.Chain, Worker.Status, _world.Chain.Height) with { Facts = [4, 4, 0] };
        SyncReply reply = Worker.Relayer.Advance(request);
        Assert.Equal(SyncOutcome.FactsRefused, reply.Outcome);
        Assert.Equal(_world.Chain.Best.Id, reply.Status.Head);
        Assert.Equal(_world.Chain.Best.Id, Worker.Status.Head);
    }

    [Fact]
    public void Two_final_histories_stop_the_worker_with_evidence()
    {
        QueueChain fork = _world.Chain.Fork(_world.Chain.Height - 1);
        fork.Append();
        ConflictReport report = new(Vec.Create<byte>(Scale.Encode(fork.Claim(fork.Height))), default);
        byte[]? reply = Worker.Call(PrpcMethods.ReportConflict, Encoded.Schema.Encode(new Encoded { EncodedValue = Scale.Encode(report) }));
        Encoded.Schema.Decode(reply, out Encoded encoded);
        Assert.Equal(SyncOutcome.Stopped, Scale.Decode<SyncReply>(encoded.EncodedValue).Value!.Outcome);
        Assert.StartsWith("stopped", Worker.Core.View.NotServing, StringComparison.Ordinal);
        Encoded.Schema.Decode(Worker.Call(PrpcMethods.GetEvidence, []), out Encoded evidence);
        Assert.Equal(EvidenceError.None, Evidence.Verify(evidence.EncodedValue, _world.Chain.Genesis, null, out EvidenceKind kind));
        Assert.Equal(EvidenceKind.SameNumber, kind);
    }

    [Fact]
    public async Task A_worker_that_was_stopped_by_evidence_stays_stopped_after_a_restart()
    {
        Two_final_histories_stop_the_worker_with_evidence();
        await Worker.KillAndStartAsync();
        Assert.True(Worker.Status.Stopped.TryGet(out StopReason reason));
        Assert.Equal(StopReason.ConflictingFinality, reason);
        Assert.Equal(SyncOutcome.Stopped, Worker.Relayer.BeginEntries(new EntryHashes(default, default)).Outcome);
    }

    private SyncOutcome Mutate(Random random)
    {
        SyncStatus before = Worker.Status;
        AdvanceRequest request = TestRelayer.AdvanceTo(_world.Chain, before, _world.Chain.Height);
        request.Advance.TryGet(out Vec<byte> advance);
        AdvanceRequest mutated = random.Next(5) switch
        {
            0 => request with { Advance = new(Flip(advance, random)), Facts = default },
            1 => request with { Advance = new(Vec.Create(advance.AsSpan()[..random.Next(advance.Length)])) },
            2 => new AdvanceRequest(default, request.Facts),
            3 => new AdvanceRequest(default, Flip(_world.Chain.ReadProof((int)before.Head.Number, [.. before.Needs.Facts.Select(key => key.ToArray())]), random)),
            _ => new AdvanceRequest(new(Vec.Create<byte>(Scale.Encode<AdvanceProof>(Forged()))), default),
        };
        SyncOutcome outcome = Worker.Relayer.Advance(mutated).Outcome;
        Assert.True(Worker.Status.Head == before.Head || Worker.Status.Head == _world.Chain.Best.Id, "A mutated advance led elsewhere.");
        Assert.Equal(before.Streams, Worker.Status.Streams);
        return outcome;
    }

    /// <summary>A block that the set of another time made final.</summary>
    private AdvanceProof.Jump Forged()
    {
        AdvanceProof.Jump honest = _world.Chain.Jump((int)Worker.Status.Head.Number, _world.Chain.Height);
        return Worker.Status.Head.Number == _world.Chain.Best.Header.Number ? honest : honest with { Target = new(honest.Target.Header, QueueVoter.Justify(_world.Chain.Best.Id, _world.Chain.Best.Set + 20)) };
    }

    private SyncOutcome MutateEntries(Random random)
    {
        SyncStatus before = Worker.Status;
        DerivedEntry[] entries = TestRelayer.EntriesUpTo(_world.Chain, before);
        QueueHead cursor = before.Streams[0].Applied;
        Hash256[] hashes = [.. entries.Skip((int)cursor.Count).Select(entry => entry.Entry.Hash())];
        if (!before.Delivery.IsSome && random.Next(3) == 0) return Refused(Worker.Relayer.DispatchEntries(new EntryBatch(1, [.. entries.Take(1).Select(entry => new DeliveredEntry(entry.Entry, default))])), before);
        switch (random.Next(4))
        {
            case 0:
                if (hashes.Length > 0) hashes[random.Next(hashes.Length)] = default;
                if (hashes.Length == 0 || random.Next(2) == 0) hashes = [.. hashes, default];
                return Unmoved(Worker.Relayer.BeginEntries(new EntryHashes(cursor, [.. hashes])));
            case 1:
                return Refused(Worker.Relayer.BeginEntries(new EntryHashes(cursor with { Count = cursor.Count + 1 }, [.. hashes])), before);
            default:
                SyncReply begun = Worker.Relayer.BeginEntries(new EntryHashes(cursor, [.. hashes]));
                if (!begun.Status.Delivery.TryGet(out DeliveryStatus? delivery)) return Refused(begun, before);
                EntryBatch honest = TestRelayer.Batch(entries, delivery, 1), mutated = Mutate(honest, random);
                SyncReply reply = Worker.Relayer.DispatchEntries(mutated);
                return mutated == honest ? Refused(reply, before) : Unmoved(reply);
        }

        SyncOutcome Unmoved(SyncReply reply)
        {
            Assert.NotEqual(SyncOutcome.Taken, reply.Outcome);
            return Refused(reply, before);
        }
    }

    private static EntryBatch Mutate(EntryBatch batch, Random random)
    {
        DeliveredEntry entry = batch.Entries[0];
        return random.Next(5) switch
        {
            0 => batch with { First = batch.First + 1 },
            1 => batch with { Entries = [entry with { Entry = entry.Entry with { BlockTime = entry.Entry.BlockTime + 1 } }] },
            2 => batch with { Entries = [entry with { Bodies = [.. entry.Bodies.Skip(1)] }, entry] },
            3 => batch with { Entries = [entry with { Bodies = [.. entry.Bodies, new DeliveredBody(Channel.System, [0])] }] },
            _ => batch with { Entries = [entry with { Bodies = [.. entry.Bodies.Select(body => body with { Messages = Flip(body.Messages, random) })] }] },
        };
    }

    private SyncOutcome Refused(SyncReply reply, SyncStatus before)
    {
        if (reply.Outcome != SyncOutcome.Taken) Assert.Equal(before.Streams, Worker.Status.Streams);
        return reply.Outcome;
    }

    private static Vec<byte> Flip(Vec<byte> bytes, Random random)
    {
        byte[] flipped = bytes.ToArray();
        if (flipped.Length > 0) flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return Vec.Create<byte>(flipped);
    }
}
