using Phala.Chain;
using Phala.Codec;
using Phala.LightClient;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;
using Phala.Trie.Proofs;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Keys;
using Phala.Worker.Outbox;
using Phala.Worker.Persistence;
using Phala.Worker.Streams;

namespace Phala.Worker.Sync;

/// <summary>The worker's one writer: takes what relayers bring, and changes what the worker knows.</summary>
/// <remarks>
/// <para><b>Concept.</b> Verify the head, verify that the delivered entries lead there, apply them in order. Requests come one at a time; queries read what is published and wait for nobody.</para>
/// <para><b>Invariant.</b> Whatever is brought, the worker is on the chain's own trajectory or stands still. No request changes what an entry makes of a state.</para>
/// <para><b>Trust.</b> Relayers are not believed, in nothing. They can withhold.</para>
/// </remarks>
internal sealed class SyncEngine : IDisposable
{
    private readonly Lock _lock = new();
    private readonly EngineParts _parts;
    private readonly ChainFollower _follower;
    private readonly QueueWaypoints _waypoints;
    private readonly StreamSet _streams;
    private readonly LocalFacts _facts;
    private readonly SessionState _session;
    private readonly MessageBox _box;
    private readonly Gatekeeper _gatekeeper;
    private readonly FaultBook _faults;
    private EntryDelivery? _delivery;
    private volatile EngineView _view;

    /// <summary>Goes on where the worker was.</summary>
    /// <param name="parts">What it works with.</param>
    /// <param name="follower">The light client.</param>
    /// <param name="waypoints">The positions of the queue that it knows.</param>
    /// <param name="streams">What it follows.</param>
    /// <param name="box">Messages that wait.</param>
    public SyncEngine(EngineParts parts, ChainFollower follower, QueueWaypoints waypoints, StreamSet streams, MessageBox box)
    {
        (_parts, _follower, _waypoints, _streams, _box) = (parts, follower, waypoints, streams, box);
        _facts = new LocalFacts(parts.Identity.PublicKey);
        _session = new SessionState(parts.Identity.PublicKey, parts.Session.SigningKey);
        _gatekeeper = new Gatekeeper(Genesis, parts.Identity, parts.GatekeeperKeys, parts.Log);
        _faults = new FaultBook(Genesis, parts.Identity.PublicKey, parts.Session, parts.Attestation.Measurement);
        streams.Deployed = Report;
        streams.Failed = _faults.Add;
        _view = EngineView.Empty;
        Publish();
    }

    /// <summary>The chain.</summary>
    public Hash256 Genesis => _follower.State.Genesis;

    /// <summary>What is published: immutable, and read without waiting.</summary>
    public EngineView View => _view;

    /// <summary>Why the worker goes on no more.</summary>
    public StopReason? Stopped { get; private set; }

    /// <summary>Stops the worker for good: it neither syncs nor answers.</summary>
    public void Stop(StopReason reason)
    {
        lock (_lock)
        {
            Stopped ??= reason;
            Publish();
        }
    }

    /// <summary>Takes newer blocks and facts.</summary>
    public SyncReply Advance(AdvanceRequest request)
    {
        lock (_lock)
        {
            if (Stopped is not null) return Reply(SyncOutcome.Stopped);
            if (request.Advance.TryGet(out Vec<byte> advance) && Follow(advance.AsSpan()) is { } refusal) return refusal;
            ProofError proof = request.Facts.Length > 0 ? TakeFacts(request.Facts) : ProofError.None;
            Settle();
            return proof == ProofError.None ? Reply(SyncOutcome.Taken) : Reply(SyncOutcome.FactsRefused, proof.ToString());
        }
    }

    /// <summary>Takes note of a final block that contradicts the worker's chain.</summary>
    public SyncReply ReportConflict(ConflictReport report)
    {
        lock (_lock)
        {
            if (Stopped is not null) return Reply(SyncOutcome.Stopped);
            if (!Scale.Decode<FinalityClaim>(report.Claim.AsSpan()).TryGet(out FinalityClaim claim)) return Reply(SyncOutcome.Malformed);
            ConflictError error = _follower.TryReportConflict(claim, report.HeadProof);
            if (error != ConflictError.None) return Reply(SyncOutcome.AdvanceRefused, error.ToString());
            KeepHead();
            return Reply(Halt(StopReason.ConflictingFinality));
        }
    }

    /// <summary>Takes the hashes of entries that prove a position of the queue.</summary>
    public SyncReply ProveWaypoint(EntryHashes request)
    {
        lock (_lock)
        {
            if (Stopped is not null) return Reply(SyncOutcome.Stopped);
            WaypointError error = _waypoints.TryProve(_follower.Head.Queue, request.From, request.Hashes.AsSpan());
            if (error != WaypointError.None) return Reply(SyncOutcome.HashesRefused, error.ToString());
            Publish();
            return Reply(SyncOutcome.Taken);
        }
    }

    /// <summary>Takes the hashes of entries that a delivery will bring.</summary>
    public SyncReply BeginEntries(EntryHashes request)
    {
        lock (_lock)
        {
            if (Stopped is not null) return Reply(SyncOutcome.Stopped);
            if (request.From == _follower.Head.Queue && request.Hashes.Length == 0) return Reply(SyncOutcome.Taken);
            if (!_streams.TryGetCursor(request.From, out QueueCursor cursor)) return Reply(SyncOutcome.UnknownCursor);
            EntryError error = EntryDelivery.TryBegin(cursor, _follower.Head, _waypoints, request.Hashes.AsSpan(), out EntryDelivery? delivery);
            if (error != EntryError.None) return Reply(SyncOutcome.HashesRefused, error.ToString());
            _streams.Retry(cursor.Head);
            _delivery = delivery;
            Publish();
            return Reply(SyncOutcome.Taken);
        }
    }

    /// <summary>Takes entries.</summary>
    public SyncReply DispatchEntries(EntryBatch batch) => DeepStack.Run(() => Take(batch));

    private SyncReply Take(EntryBatch batch)
    {
        lock (_lock)
        {
            if (Stopped is not null) return Reply(SyncOutcome.Stopped);
            (SyncOutcome outcome, string detail) = Dispatch(batch);
            Settle();
            return Stopped is null ? Reply(outcome, detail) : Reply(SyncOutcome.Stopped);
        }
    }

    /// <summary>A claim of the session at the worker's head; null where the worker makes none.</summary>
    public SignedSessionClaim? Claim()
    {
        lock (_lock)
        {
            if (Stopped is not null || _session.IsSuperseded || _follower.Head.Block.Number == 0) return null;
            uint lease = _session.Own is { } own ? own.Lease + 1 : 0;
            return _parts.Session.Claim(Genesis, _parts.Identity, lease, _follower.Head.Block, _follower.Head.Queue, _parts.Attestation);
        }
    }

    /// <summary>What the worker says of itself at its head when it is registered.</summary>
    public Registration Register()
    {
        lock (_lock) return _parts.Register(Genesis, _follower.Head.Block);
    }

    /// <summary>What is kept of what the worker knows, and of its clusters.</summary>
    /// <param name="clusters">The clusters that have something to keep.</param>
    public byte[] Save(out IReadOnlyList<SavedCluster> clusters)
    {
        lock (_lock)
        {
            clusters = [.. _streams.Clusters.Where(cluster => cluster.Status is StreamState.Running or StreamState.Faulted).Select(SavedCluster.Of)];
            return Scale.Encode(new WorkerSnapshot(WorkerSnapshot.Current, Vec.Create<byte>(_follower.Save()), _streams.System.Save(), _box.Save(), _waypoints.Save()));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock) _streams.Dispose();
    }

    private SyncReply? Follow(ReadOnlySpan<byte> advance)
    {
        BlockId before = _follower.Head.Block;
        QueueCursor derived = new(_follower.Head.Queue, _follower.State.LastEntry);
        FollowResult result = _follower.Advance(advance, out IReadOnlyList<DerivedEntry> entries);
        if (_follower.Evidence is not null)
        {
            KeepHead();
            return Reply(Halt(StopReason.ConflictingFinality));
        }

        if (!result.IsOk) return IsKnown(advance, before) ? null : Reply(SyncOutcome.AdvanceRefused, Describe(result));
        KeepHead();
        _delivery = null;
        foreach (DerivedEntry entry in entries) derived = ApplyDerived(derived, entry);
        return null;
    }

    /// <summary>Whether an advance leads to the worker's head: it was taken before.</summary>
    private static bool IsKnown(ReadOnlySpan<byte> advance, in BlockId head)
    {
        if (!Scale.Decode<AdvanceProof>(advance).TryGet(out AdvanceProof? proof)) return false;
        return proof switch
        {
            AdvanceProof.Jump jump => jump.Target.Header.Number == head.Number && jump.Target.Header.Hash() == head.Hash,
            AdvanceProof.Walk { Blocks.Length: > 0 } walk => walk.Blocks[^1].Header.Number == head.Number && walk.Blocks[^1].Header.Hash() == head.Hash,
            _ => false,
        };
    }

    private static string Describe(in FollowResult result) => result.Error == FollowError.NotJustified ? $"{result.Error} at {result.At}: {result.Advance}" : $"{result.Error} at {result.At}";

    private QueueCursor ApplyDerived(in QueueCursor before, DerivedEntry derived)
    {
        Channel[] wanted = _streams.WantedAt(before.Head);
        List<ChannelMessages> channels = [];
        foreach (ChannelBody body in derived.Bodies)
        {
            if (!wanted.Contains(body.Channel)) continue;
            DecodeResult<Vec<Message>> messages = Scale.Decode<Phala.Codec.Codecs.VecCodec<Message, Message>, Vec<Message>>(body.Messages.AsSpan());
            channels.Add(new ChannelMessages(body.Channel, messages.Value));
        }

        VerifiedEntry entry = new(derived.Entry, new QueueCursor(before.Head.Append(derived.Entry.Hash()), derived.Entry.BlockNumber), [.. channels]);
        Apply(before.Head, entry);
        return entry.After;
    }

    private ProofError TakeFacts(Vec<byte> proof)
    {
        if (!ProvenState.TryOpen(proof.ToArray(), _follower.Head.Header.StateRoot, out ProvenState? state, out ProofError error)) return error;
        _facts.Take(state, _follower.Head.Block, Senders(), Questions());
        foreach (MessageOrigin sender in _box.Senders.ToArray())
        {
            ulong next = _facts.NextOf(sender);
            if (next == 0) continue;
            Acknowledgement news = _box.Acknowledge(sender, next);
            if (news == Acknowledgement.Known) continue;
            if (news == Acknowledgement.Jumped) SyncLog.SequenceMoved(_parts.Log, sender.GetType().Name, next);
            _parts.Keep(new WorkerRecord.Acknowledged(sender, next));
        }

        AcknowledgeClusters();
        return ProofError.None;
    }

    private void AcknowledgeClusters()
    {
        foreach (ClusterStream cluster in _streams.Clusters)
        {
            if (_facts.TryGetAnchor(cluster.Id, out ClusterAnchor anchor)) cluster.Reports.Take(anchor);
            if (_facts.OldestVotedOf(cluster.Id) is { } oldest) cluster.Reports.TakeOldest(oldest);
            foreach ((ulong count, Hash256? report) in _facts.ReportsOf(cluster.Id)) cluster.Reports.Take(count, report);
            cluster.Acknowledge(_facts.NextOf(new MessageOrigin.Cluster(cluster.Id)));
        }
    }

    private (SyncOutcome Outcome, string Detail) Dispatch(EntryBatch batch)
    {
        for (int at = 0; at < batch.Entries.Length; at++)
        {
            if (_delivery is not { Remaining: > 0 } delivery) return (SyncOutcome.NoDelivery, "");
            ulong number = unchecked(batch.First + (ulong)at), next = delivery.Cursor.Head.Count + 1;
            if (number < next) continue;
            if (number > next) return (SyncOutcome.Gap, "");
            QueueHead before = delivery.Cursor.Head;
            Channel[] wanted = _streams.WantedAt(before);
            if (wanted.Length == 0) return (SyncOutcome.NoDelivery, "");
            DeliveredEntry delivered = batch.Entries[at];
            EntryError error = delivery.TryNext(delivered.Entry, [.. delivered.Bodies.Select(body => new ChannelBody(body.Channel, body.Messages))], wanted, out VerifiedEntry? entry);
            if (error != EntryError.None) return (IsOfBody(error) ? SyncOutcome.BodyRefused : SyncOutcome.EntryRefused, error.ToString());
            Apply(before, entry!);
        }

        return (SyncOutcome.Taken, "");
    }

    private static bool IsOfBody(EntryError error) => error is EntryError.BodyTooLarge or EntryError.MissingBody or EntryError.UnwantedBody or EntryError.WrongBody or EntryError.BadBody;

    private void Apply(in QueueHead before, VerifiedEntry entry)
    {
        _waypoints.Pass(entry.After.Head);
        if (_streams.Apply(before, entry)) _parts.Keep(new WorkerRecord.Applied(entry.Entry, entry.After, entry.MessagesOf(Channel.System)));
    }

    /// <summary>After each request: what follows from what is known now.</summary>
    private void Settle()
    {
        _session.Update(_streams.System, _facts);
        if (_session.IsSuperseded) Halt(StopReason.SessionSuperseded);
        if (Stopped is null) _parts.Endpoints.Renew(_facts.Endpoints, _facts.EndpointsSignedAt, _follower.Head.ViewTime);
        bool isAtHead = _streams.System.Cursor.Head == _follower.Head.Queue;
        if (isAtHead && _follower.Head.Block.Number > 0 && Stopped is null) _gatekeeper.Reconcile(_streams.System, _follower.Head.Block.Number, _box, message => _parts.Keep(new WorkerRecord.Sent(message)));
        if (_delivery is { } delivery && (delivery.Remaining == 0 || _streams.WantedAt(delivery.Cursor.Head).Length == 0)) _delivery = null;
        Publish();
    }

    /// <summary>Tells the chain that the worker executes a cluster.</summary>
    private void Report(ClusterStream cluster)
    {
        AcknowledgeClusters();
        Vec<byte> payload = Vec.Create<byte>(Scale.Encode<WorkerClusterReport>(new WorkerClusterReport.ClusterDeployed(cluster.Id, new(cluster.ClusterIdentity!.PublicKey))));
        Message message = new(new MessageOrigin.Worker(_parts.Identity.PublicKey), Topics.WorkerClusterReport, payload);
        _parts.Keep(new WorkerRecord.Sent(_box.Add(message, bytes => _parts.Identity.Sign(bytes).AsSpan().ToArray())));
    }

    private SyncOutcome Halt(StopReason reason)
    {
        if (Stopped is null) SyncLog.Stopped(_parts.Log, reason);
        Stopped ??= reason;
        Publish();
        return SyncOutcome.Stopped;
    }

    private void KeepHead() => _parts.Keep(new WorkerRecord.Advanced(Vec.Create<byte>(_follower.Save())));

    private IEnumerable<MessageOrigin> Senders() =>
    [
        new MessageOrigin.Worker(_parts.Identity.PublicKey),
        .. _streams.System.IsGatekeeper ? [new MessageOrigin.Gatekeeper()] : Array.Empty<MessageOrigin>(),
        .. _streams.Clusters.Select(cluster => new MessageOrigin.Cluster(cluster.Id)),
    ];

    private ReportQuestions[] Questions() => [.. _streams.Clusters.Select(cluster => cluster.Questions)];

    private SyncReply Reply(SyncOutcome outcome, string detail = "") => new(outcome, detail, _view.Status);

    private void Publish()
    {
        VerifiedHead head = _follower.Head;
        bool isRegistered = _facts.IsKnown ? _facts.Registration is not null : _streams.System.IsRegistered;
        SyncNeeds needs = new(
            Stopped is null && _parts.NeedsRegistration(isRegistered, _facts.Registration, head.ViewTime),
            Stopped is null && isRegistered && head.Block.Number > 0 && _session.NeedsClaim(head.Block.Number),
            _parts.Endpoints.SignedAt > _facts.EndpointsSignedAt,
            (uint)(_box.Pending.Sum(box => box.Messages.Length) + _streams.Clusters.Sum(cluster => cluster.Egress.Count)),
            (uint)_streams.Clusters.Sum(cluster => cluster.Reports.Offered.Count()),
            _facts.Keys(Senders(), Questions()),
            _streams.FindGap(head.Queue, _waypoints) is { } gap ? new Option<WaypointGap>(gap) : default);
        SyncStatus status = new(
            new Option<Hash256>(Genesis), _parts.Identity.PublicKey, _parts.Session.SigningKey, head.Block, head.Set.Id, head.Queue, head.ViewTime, _parts.Identity.Source, _streams.Status(head.Queue, _waypoints),
            _delivery is { } delivery ? new Option<DeliveryStatus>(DeliveryOf(delivery)) : default, needs, Stopped is { } reason ? new Option<StopReason>(reason) : default);
        _view = EngineView.Of(_view, status, head, _session, _streams, _box, _faults.Reports, isRegistered, _follower.Evidence);
    }

    private DeliveryStatus DeliveryOf(EntryDelivery delivery) => new(
        delivery.Cursor.Head, delivery.Target, delivery.Cursor.Head.Count + 1, [.. _streams.WantedAt(delivery.Cursor.Head)]);
}
