using Microsoft.Extensions.Logging;
using Phala.Chain;
using Phala.Client;
using Phala.Client.Sync;
using Phala.Codec;
using Phala.Relayer.Host;
using Phala.Relayer.Metrics;
using Phala.Relayer.Node;
using Phala.Relayer.Options;
using Phala.Relayer.Submission;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;
using Phala.Worker.Interface.Sync;

namespace Phala.Relayer.Workers;

/// <summary>Brings one worker what it wants, and takes to the chain what it gives. The worker says at each step where it stands, and so nothing has to be remembered here.</summary>
/// <param name="worker">The worker.</param>
/// <param name="endpoint">Where it is.</param>
/// <param name="chain">What is read from the node.</param>
/// <param name="feed">News of the chain.</param>
/// <param name="submitter">What is brought to the chain.</param>
/// <param name="options">How much at once.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="log">Where operators read of it.</param>
public sealed class WorkerFeed(
    WorkerApi worker, WorkerEndpoint endpoint, SyncReader chain, ChainFeed feed, Submitter submitter, RelayerOptions options, RelayerMetrics metrics, ILogger log)
{
    /// <summary>How soon a worker that has something under way is asked again.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    /// <summary>How soon a worker that wants nothing is asked again, if the chain has no news before.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    /// <summary>An advance ends a delivery, so that its hashes have to be sent again: while entries are brought, newer blocks wait so long.</summary>
    private static readonly TimeSpan LongestDelivery = TimeSpan.FromSeconds(20);

    /// <summary>How soon the entry that a worker failed at is brought again.</summary>
    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(10);

    /// <summary>A session's claim names the worker's head, and the chain takes it for so many blocks twice: a worker that is further behind the last final block is brought on first.</summary>
    private const uint NearBlocks = SessionClaim.LongestAge / 2;

    private Sr25519PublicKey? _named;
    private ulong _factsAt;
    private long? _deliveringSince, _faultedAt;

    /// <summary>Serves the worker until it is stopped. What fails is tried again, later and later.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        Backoff backoff = new(options.Time, options.LongestPause);
        while (!stop.IsCancellationRequested)
        {
            Task news = feed.News;
            ClientResult<TimeSpan> step = await StepAsync(stop).ConfigureAwait(false);
            if (step.TryGet(out TimeSpan pause, out ClientFailure? failure))
            {
                backoff.Reset();
                if (pause > TimeSpan.Zero) await Task.WhenAny(news, Task.Delay(pause, options.Time, stop)).ConfigureAwait(false);
                continue;
            }

            metrics.Fail(worker.Address, failure);
            RelayerLog.Trouble(log, worker.Address, failure.ToString());
            await backoff.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Does what the worker wants next.</summary>
    /// <returns>How long to wait before the next step.</returns>
    private async Task<ClientResult<TimeSpan>> StepAsync(CancellationToken stop)
    {
        ClientResult<SyncStatus> asked = await worker.StatusAsync(stop).ConfigureAwait(false);
        if (!asked.TryGet(out SyncStatus? status, out ClientFailure? failure)) return failure;
        if (!status.Genesis.TryGet(out Hash256 genesis)) return await BeginAsync(stop).ConfigureAwait(false);
        if (genesis != chain.Genesis)
        {
            RelayerLog.OtherChain(log, worker.Address, genesis, options.Node, chain.Genesis);
            return new ClientFailure(ClientError.WrongGenesis, $"{worker.Address} follows another chain.");
        }

        metrics.Note(worker.Address, status, feed.Finalized);
        if (status.Stopped.TryGet(out StopReason reason))
        {
            RelayerLog.Stopped(log, worker.Address, reason);
            return Idle;
        }

        if (feed.Finalized is not { } final) return Soon;
        StreamStatus? behind = StreamBehind(status);
        bool isNewer = final.Number > status.Head.Number;
        if (behind is { } stream && !(isNewer && _deliveringSince is { } since && options.Time.GetElapsedTime(since) > LongestDelivery))
        {
            _deliveringSince ??= options.Time.GetTimestamp();
            return await DeliverAsync(status, stream, stop).ConfigureAwait(false);
        }

        _deliveringSince = null;
        if (isNewer)
        {
            // A stream that catches up for hours keeps nothing from the chain that the worker gives meanwhile.
            ClientFailure? kept = behind is null || final.Number - status.Head.Number > NearBlocks ? null : await SubmitAsync(status, stop).ConfigureAwait(false);
            ClientResult<TimeSpan> advanced = await AdvanceAsync(status, stop).ConfigureAwait(false);
            return kept is null ? advanced : kept;
        }

        if (status.Needs.Facts.Length > 0 && _factsAt != status.Head.Number + 1ul) return await BringFactsAsync(status, stop).ConfigureAwait(false);
        ClientFailure? problem = await SubmitAsync(status, stop).ConfigureAwait(false);
        return problem is null ? Idle : problem;
    }

    private async Task<ClientResult<TimeSpan>> BeginAsync(CancellationToken stop)
    {
        AccountId account = options.Operator ?? options.Signer.Account;
        ClientResult<GenesisInfo> read = await chain.GenesisAsync(account, stop).ConfigureAwait(false);
        if (!read.TryGet(out GenesisInfo? genesis, out ClientFailure? failure)) return failure;
        return Taken(await worker.BeginAsync(genesis, stop).ConfigureAwait(false), TimeSpan.Zero);
    }

    private async Task<ClientResult<TimeSpan>> AdvanceAsync(SyncStatus status, CancellationToken stop)
    {
        ClientResult<AdvanceRequest?> read = await chain.AdvanceAsync(status, stop).ConfigureAwait(false);
        if (!read.TryGet(out AdvanceRequest? request, out ClientFailure? failure)) return failure;
        if (request is null) return Soon;
        ClientResult<SyncReply> reply = await worker.AdvanceAsync(request, stop).ConfigureAwait(false);
        if (reply.TryGet(out SyncReply? answer, out _) && answer.Outcome == SyncOutcome.Taken) _factsAt = answer.Status.Head.Number + 1ul;
        return Taken(reply, TimeSpan.Zero);
    }

    private async Task<ClientResult<TimeSpan>> BringFactsAsync(SyncStatus status, CancellationToken stop)
    {
        ClientResult<AdvanceRequest> read = await chain.FactsAsync(status, stop).ConfigureAwait(false);
        if (!read.TryGet(out AdvanceRequest? request, out ClientFailure? failure)) return failure;
        _factsAt = status.Head.Number + 1ul;
        return Taken(await worker.AdvanceAsync(request, stop).ConfigureAwait(false), TimeSpan.Zero);
    }

    /// <summary>
    /// The stream that is brought entries next. The system's comes first: keys come with it, and a cluster that has years to catch up holds no other up. Then the one of the clusters' that is furthest behind and takes
    /// entries, or after a while one that has failed. Null where none is.
    /// </summary>
    private StreamStatus? StreamBehind(SyncStatus status)
    {
        StreamStatus[] behind = [.. status.Streams.Where(stream => stream.Applied.Count < status.Queue.Count)];
        foreach (StreamStatus stream in behind)
        {
            if (stream.Channel == Channel.System && stream.State == StreamState.Running) return stream;
        }

        if (behind.Any(stream => stream.State == StreamState.Running)) return LeastOf(StreamState.Running);
        if (behind.All(stream => stream.State != StreamState.Faulted) || (_faultedAt is { } at && options.Time.GetElapsedTime(at) < FaultPause)) return null;

        // A delivery for it takes two steps at least: the pause begins when it is dispatched.
        if (status.Delivery.IsSome) _faultedAt = options.Time.GetTimestamp();
        return LeastOf(StreamState.Faulted);

        StreamStatus LeastOf(StreamState state) => behind.Where(stream => stream.State == state).MinBy(stream => stream.Applied.Count);
    }

    /// <summary>Announces entries, unless that was done, and brings as many as fit at once. Where a waypoint has to be proven first, that is done instead.</summary>
    private async Task<ClientResult<TimeSpan>> DeliverAsync(SyncStatus status, StreamStatus stream, CancellationToken stop)
    {
        if (status.Delivery.TryGet(out DeliveryStatus? delivery) && delivery.Next == stream.Applied.Count + 1) return await DispatchAsync(delivery, stop).ConfigureAwait(false);
        if (stream.Until.TryGet(out QueueHead until)) return await BringAsync(await chain.HashesAsync(stream.Applied, until.Count, stop).ConfigureAwait(false), worker.BeginEntriesAsync, stop).ConfigureAwait(false);
        if (!status.Needs.Waypoint.TryGet(out WaypointGap gap)) return Soon;
        return await BringAsync(await chain.HashesAsync(gap, stop).ConfigureAwait(false), worker.ProveWaypointAsync, stop).ConfigureAwait(false);
    }

    private async Task<ClientResult<TimeSpan>> BringAsync(ClientResult<EntryHashes> read, Func<EntryHashes, CancellationToken, Task<ClientResult<SyncReply>>> send, CancellationToken stop) =>
        read.TryGet(out EntryHashes? hashes, out ClientFailure? failure) ? Taken(await send(hashes, stop).ConfigureAwait(false), TimeSpan.Zero) : failure;

    private async Task<ClientResult<TimeSpan>> DispatchAsync(DeliveryStatus delivery, CancellationToken stop)
    {
        ClientResult<IReadOnlyList<DeliveredEntry>> read = await chain.EntriesAsync(delivery.Next - 1, options.FetchEntries, delivery.Channels, stop).ConfigureAwait(false);
        if (!read.TryGet(out IReadOnlyList<DeliveredEntry>? entries, out ClientFailure? failure)) return failure;
        List<DeliveredEntry> batch = [];
        int bytes = 0;
        foreach (DeliveredEntry entry in entries.Take((int)Math.Min((ulong)entries.Count, delivery.To.Count - delivery.Next + 1)))
        {
            bytes += DeliveredEntry.EncodedLength(entry);
            if (batch.Count == options.SyncEntries || (batch.Count > 0 && bytes > options.SyncBytes)) break;
            batch.Add(entry);
        }

        if (batch.Count == 0) return Soon;
        metrics.Deliver(worker.Address, batch.Count, bytes);
        return Taken(await worker.DispatchAsync(new EntryBatch(delivery.Next, Vec.Create<DeliveredEntry>([.. batch])), stop).ConfigureAwait(false), TimeSpan.Zero);
    }

    private async Task<ClientFailure?> SubmitAsync(SyncStatus status, CancellationToken stop)
    {
        ClientFailure? problem = await SubmitIdentityAsync(status, stop).ConfigureAwait(false);
        if (problem is null && status.Needs.PendingMessages > 0) problem = await SubmitMessagesAsync(stop).ConfigureAwait(false);
        if (problem is null && status.Needs.PendingReports > 0) problem = await SubmitReportsAsync(stop).ConfigureAwait(false);
        return problem;
    }

    private async Task<ClientFailure?> SubmitIdentityAsync(SyncStatus status, CancellationToken stop)
    {
        ClientFailure? failure;
        if (status.Needs.Registration)
        {
            if (!(await worker.RegistrationAsync(stop).ConfigureAwait(false)).TryGet(out Registration? registration, out failure)) return failure;
            submitter.SubmitSigned("registration", Scale.Encode(registration.Info with { Block = default }), new PhalaRegistry.RegisterWorkerV2(registration.Info, registration.Attestation), stop);
            return null;
        }

        if (status.Needs.SessionClaim)
        {
            if (!(await worker.SessionClaimAsync(stop).ConfigureAwait(false)).TryGet(out SignedSessionClaim? claim, out failure)) return failure;
            submitter.SubmitBare("session", new PhalaRegistry.RecordSession(claim), stop);
        }

        if (endpoint.Public is { } name && _named != status.Session && await NameAsync(status, name, stop).ConfigureAwait(false) is { } problem) return problem;
        return status.Needs.Endpoint ? await SubmitEndpointAsync(stop).ConfigureAwait(false) : null;
    }

    /// <summary>Tells the worker where clients are to find it, once for each of its sessions, unless the chain says so already: what it signs then has to be paid for.</summary>
    private async Task<ClientFailure?> NameAsync(SyncStatus status, Uri name, CancellationToken stop)
    {
        ClientResult<VersionedWorkerEndpoints?> known = await chain.EndpointsAsync(status.Identity, stop).ConfigureAwait(false);
        if (!known.TryGet(out VersionedWorkerEndpoints? endpoints, out ClientFailure? failure)) return failure;
        bool isKnown = endpoints is VersionedWorkerEndpoints.V1 { Endpoints: [var only] } && Uri.TryCreate(only, UriKind.Absolute, out Uri? told) && told == name;
        if (!isKnown && !(await worker.AddEndpointAsync(name, stop).ConfigureAwait(false)).TryGet(out _, out failure)) return failure;
        _named = status.Session;
        return null;
    }

    private async Task<ClientFailure?> SubmitEndpointAsync(CancellationToken stop)
    {
        if (!(await worker.EndpointAsync(stop).ConfigureAwait(false)).TryGet(out (WorkerEndpointPayload Payload, Vec<byte> Signature) signed, out ClientFailure? failure)) return failure;
        submitter.SubmitSigned("endpoint", Scale.Encode(signed.Payload with { SigningTime = 0 }), new PhalaRegistry.UpdateWorkerEndpoint(signed.Payload, signed.Signature), stop);
        return null;
    }

    private async Task<ClientFailure?> SubmitMessagesAsync(CancellationToken stop)
    {
        if (!(await worker.MessagesAsync(stop).ConfigureAwait(false)).TryGet(out Vec<OutboundMessages> messages, out ClientFailure? failure)) return failure;
        foreach (SignedMessage message in messages.ToArray().SelectMany(sender => sender.Messages.ToArray()))
        {
            submitter.SubmitBare("message", new PhalaMq.SyncOffchainMessage(message), stop);
        }

        return null;
    }

    private async Task<ClientFailure?> SubmitReportsAsync(CancellationToken stop)
    {
        if (!(await worker.ReportsAsync(stop).ConfigureAwait(false)).TryGet(out Vec<SignedClusterReport> reports, out ClientFailure? failure)) return failure;
        foreach (SignedClusterReport report in reports.ToArray()) submitter.SubmitBare("report", new PhalaPhatContracts.ReportEntry(report), stop);
        return null;
    }

    private ClientResult<TimeSpan> Taken(ClientResult<SyncReply> reply, TimeSpan pause)
    {
        if (!reply.TryGet(out SyncReply? answer, out ClientFailure? failure)) return failure;
        if (answer.Outcome == SyncOutcome.Taken) return pause;
        metrics.Refuse(worker.Address, answer.Outcome, answer.Detail);
        return new ClientFailure(ClientError.WorkerError, $"{worker.Address} does not take it: {answer.Outcome} {answer.Detail}");
    }
}
