using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.LightClient;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Workers;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Prpc.Wire;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>An honest relayer between a chain in memory and a worker, over the bytes of the worker's RPC.</summary>
/// <param name="call">Calls a method with the bytes of a request and gives those of the reply; null where the worker refuses.</param>
internal sealed class TestRelayer(Func<string, byte[], byte[]?> call)
{
    public SyncStatus Status => Ask<SyncStatus, SyncStatus>(PrpcMethods.SyncStatus)!;

    public SyncReply Begin(QueueChain chain, QueueSource source = QueueSource.Queue) =>
        Begin(new GenesisInfo(chain.Blocks[0].Header, Vec.Create<byte>(chain.GenesisProof()), source, default));

    public SyncReply Begin(GenesisInfo info) => Send(PrpcMethods.BeginSync, info);

    public SyncReply Advance(AdvanceRequest request) => Send(PrpcMethods.Advance, request);

    public SyncReply BeginEntries(EntryHashes request) => Send(PrpcMethods.BeginEntries, request);

    public SyncReply ProveWaypoint(EntryHashes request) => Send(PrpcMethods.ProveWaypoint, request);

    public SyncReply DispatchEntries(EntryBatch request) => Send(PrpcMethods.DispatchEntries, request);

    public SignedSessionClaim? Claim() => Ask<SignedSessionClaim, SignedSessionClaim>(PrpcMethods.GetSessionClaim);

    public Registration? Registration() => Ask<Registration, Registration>(PrpcMethods.GetRegistration);

    public Vec<SignedClusterReport> Reports() => Ask<VecCodec<SignedClusterReport, SignedClusterReport>, Vec<SignedClusterReport>>(PrpcMethods.GetReports);

    public Vec<SignedFaultReport> Faults() => Ask<VecCodec<SignedFaultReport, SignedFaultReport>, Vec<SignedFaultReport>>(PrpcMethods.GetFaults);

    public Vec<OutboundMessages> Messages()
    {
        Assert.Equal(ProtoError.None, GetEgressMessagesResponse.Schema.Decode(call(PrpcMethods.GetEgressMessages, []), out GetEgressMessagesResponse response));
        return Scale.Decode<VecCodec<OutboundMessages, OutboundMessages>, Vec<OutboundMessages>>(response.EncodedMessages).Value;
    }

    /// <summary>What brings the worker to a block with the facts that it wants there.</summary>
    public static AdvanceRequest AdvanceTo(QueueChain chain, SyncStatus status, int to, bool withFacts = true)
    {
        int from = (int)status.Head.Number;
        AdvanceProof? proof = from >= to ? null : status.Source == QueueSource.Queue ? chain.Jump(from, to) : chain.Walk(from, to);
        return new AdvanceRequest(
            proof is null ? default : new Option<Vec<byte>>(Vec.Create<byte>(Scale.Encode(proof))), withFacts ? chain.ReadProof(to, [.. status.Needs.Facts.Select(key => key.ToArray())]) : default);
    }

    public SyncReply Advance(QueueChain chain, int to, bool withFacts = true) => Advance(AdvanceTo(chain, Status, to, withFacts));

    /// <summary>Brings all entries that streams miss.</summary>
    /// <returns>How many waypoints were proven, and how many deliveries begun.</returns>
    public (int Proven, int Begun) Deliver(QueueChain chain, int batch = 64)
    {
        (int proven, int begun) = (0, 0);
        for (int round = 0; round < 1024; round++)
        {
            SyncStatus status = Status;
            StreamStatus[] behind = [.. status.Streams.Where(stream => stream.State == StreamState.Running && stream.Applied.Count < status.Queue.Count)];
            if (behind.Length == 0) break;
            StreamStatus least = behind.MinBy(stream => stream.Applied.Count);
            if (least.Until.IsSome)
            {
                Deliver(chain, least.Applied, batch);
                begun++;
                continue;
            }

            Assert.True(status.Needs.Waypoint.TryGet(out WaypointGap gap));
            Assert.Equal(SyncOutcome.Taken, ProveWaypoint(Proof(chain, status, gap)).Outcome);
            proven++;
        }

        return (proven, begun);
    }

    /// <summary>What proves a waypoint.</summary>
    public static EntryHashes Proof(QueueChain chain, SyncStatus status, WaypointGap gap)
    {
        Hash256[] hashes = [.. EntriesUpTo(chain, status).Take((int)gap.To.Count).Select(entry => entry.Entry.Hash())];
        return new EntryHashes(QueueHead.Empty.Append(hashes.AsSpan(0, (int)gap.From)), [.. hashes[(int)gap.From..]]);
    }

    /// <summary>Brings the entries after a position.</summary>
    public SyncReply Deliver(QueueChain chain, in QueueHead from, int batch = 64)
    {
        DerivedEntry[] entries = EntriesUpTo(chain, Status);
        SyncReply reply = BeginEntries(HashesFrom(entries, Status, from));
        while (reply.Outcome == SyncOutcome.Taken && reply.Status.Delivery.TryGet(out DeliveryStatus? delivery)) reply = DispatchEntries(Batch(entries, delivery, batch));
        return reply;
    }

    /// <summary>The hashes of the next delivery for a stream at a position.</summary>
    public static EntryHashes HashesFrom(DerivedEntry[] entries, SyncStatus status, QueueHead from)
    {
        int to = status.Streams.FirstOrDefault(stream => stream.Applied == from).Until.TryGet(out QueueHead until) ? (int)until.Count : entries.Length;
        return new EntryHashes(from, [.. entries.Take(to).Skip((int)from.Count).Select(entry => entry.Entry.Hash())]);
    }

    /// <summary>All entries up to the worker's head.</summary>
    public static DerivedEntry[] EntriesUpTo(QueueChain chain, SyncStatus status) => [.. chain.Entries(0, (int)status.Head.Number)];

    /// <summary>The next entries of a delivery.</summary>
    public static EntryBatch Batch(DerivedEntry[] entries, DeliveryStatus delivery, int most) => new(
        delivery.Next,
        [
            .. entries.Skip((int)delivery.Next - 1).Take(most).Select(entry => new DeliveredEntry(
                entry.Entry, [.. entry.Bodies.Where(body => delivery.Channels.AsSpan().Contains(body.Channel)).Select(body => new DeliveredBody(body.Channel, body.Messages))])),
        ]);

    /// <summary>Takes to the chain what the worker wants to be there.</summary>
    public void Submit(TestPallets pallets)
    {
        SyncNeeds needs = Status.Needs;
        if (needs.Registration) pallets.Register(Registration()!);
        if (needs.SessionClaim && Claim() is { } claim) pallets.Record(claim);
        if (needs.PendingMessages > 0)
        {
            foreach (OutboundMessages outbound in Messages()) pallets.Accept(outbound);
        }

        if (needs.PendingReports == 0) return;
        foreach (SignedClusterReport report in Reports()) pallets.Report(report);
    }

    /// <summary>One round: to the chain's last block, and back.</summary>
    public void Relay(QueueChain chain, TestPallets pallets)
    {
        SyncReply reply = Advance(chain, chain.Height);
        Assert.True(reply.Outcome is SyncOutcome.Taken or SyncOutcome.Stopped, $"{reply.Outcome} {reply.Detail}");
        if (reply.Outcome == SyncOutcome.Stopped) return;
        Deliver(chain);
        Submit(pallets);
    }

    private SyncReply Send<T>(string method, T request)
        where T : IScale<T>
    {
        byte[] reply = call(method, Encoded.Schema.Encode(new Encoded { EncodedValue = Scale.Encode(request) })) ?? throw new InvalidOperationException($"{method} was refused.");
        return Read<SyncReply, SyncReply>(reply);
    }

    private T? Ask<TCodec, T>(string method)
        where TCodec : IScaleCodec<T> => call(method, []) is { } reply ? Read<TCodec, T>(reply) : default;

    private static T Read<TCodec, T>(byte[] reply)
        where TCodec : IScaleCodec<T>
    {
        Assert.Equal(ProtoError.None, Encoded.Schema.Decode(reply, out Encoded encoded));
        DecodeResult<T> decoded = Scale.Decode<TCodec, T>(encoded.EncodedValue);
        Assert.True(decoded.IsOk, $"{decoded}");
        return decoded.Value!;
    }
}
