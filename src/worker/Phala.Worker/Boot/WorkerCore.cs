using System.Diagnostics.CodeAnalysis;
using Phala.Codec;
using Phala.LightClient;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Contracts;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Keys;
using Phala.Worker.Outbox;
using Phala.Worker.Persistence;
using Phala.Worker.Sealing;
using Phala.Worker.Streams;
using Phala.Worker.Sync;

namespace Phala.Worker.Boot;

/// <summary>The worker without its doors: who it is, what it kept, what it makes of what is brought.</summary>
internal sealed class WorkerCore : IAsyncDisposable
{
    private readonly WorkerParts _parts;
    private readonly EngineParts _engineParts;
    private readonly ClusterSnapshots _snapshots;
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<string> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SyncEngine? _engine;
    private byte[]? _lastSnapshot;

    private WorkerCore(WorkerParts parts, WorkerIdentity identity, GatekeeperKeys gatekeeper, StateStore store)
    {
        (_parts, Identity, Session) = (parts, identity, BootSession.Create());
        _snapshots = new ClusterSnapshots(parts.Files, parts.Folder, parts.Kept, parts.Log);
        _engineParts = new EngineParts
        {
            Identity = identity,
            Session = Session,
            GatekeeperKeys = gatekeeper,
            Attestation = parts.Attestation,
            Endpoints = new EndpointBook(identity),
            Writer = new StateWriter(store, Fail),
            Log = parts.Log,
        };
    }

    /// <summary>Who the worker is.</summary>
    public WorkerIdentity Identity { get; }

    /// <summary>This boot's session.</summary>
    public BootSession Session { get; }

    /// <summary>Where the worker is to be found.</summary>
    public EndpointBook Endpoints => _engineParts.Endpoints;

    /// <summary>What follows the chain; null before the worker has begun.</summary>
    public SyncEngine? Engine => _engine;

    /// <summary>What is published.</summary>
    public EngineView View => _engine?.View ?? EngineView.Empty;

    /// <summary>How many clusters have a state that is too long for a snapshot.</summary>
    public int SnapshotsRefused => _snapshots.Refused;

    /// <summary>Completed when files can't be written any more, with why.</summary>
    public Task<string> Failed => _failed.Task;

    /// <summary>Opens a worker. What can't be opened is left as it is.</summary>
    /// <param name="parts">What it is made of.</param>
    /// <param name="core">The worker.</param>
    /// <param name="problem">Why there is none, in words.</param>
    public static bool TryOpen(WorkerParts parts, [NotNullWhen(true)] out WorkerCore? core, [NotNullWhen(false)] out string? problem)
    {
        core = null;
        SealError error = WorkerIdentity.TryOpen(parts.Files, parts.Folder, parts.Sealing, out WorkerIdentity? identity);
        if (error == SealError.Missing && HasState(parts)) problem = $"{WorkerIdentity.FileName} is missing in {parts.Folder}, and other files of a worker are there. Restore it from a backup, or begin anew in an empty folder.";
        else problem = error is SealError.None or SealError.Missing ? null : Describe(parts, WorkerIdentity.FileName, error);
        if (problem is not null) return false;
        error = GatekeeperKeys.TryOpen(parts.Files, parts.Folder, parts.Sealing, out GatekeeperKeys? gatekeeper);
        if (error != SealError.None)
        {
            identity?.Dispose();
            problem = Describe(parts, GatekeeperKeys.FileName, error);
            return false;
        }

        identity ??= WorkerIdentity.Create(parts.Files, parts.Folder, parts.Sealing);
        StateStore store = StateStore.Open(parts.Files, parts.Folder, parts.Sealing, parts.Kept, out Restored found);
        core = new WorkerCore(parts, identity, gatekeeper!, store);
        core.Restore(found);
        return true;
    }

    /// <summary>Begins with a chain.</summary>
    public SyncReply Begin(GenesisInfo info)
    {
        lock (_lock)
        {
            Hash256 genesis = info.Header.Hash();
            if (Identity.Genesis is { } bound && (bound != genesis || Identity.Source != info.Source)) return new SyncReply(SyncOutcome.OtherGenesis, "", Status());
            if (_engine is null)
            {
                StartError error = ChainFollower.TryStart(genesis, info.Header, info.Proof.ToArray(), (LightClientMode)info.Source, out ChainFollower? follower);
                if (error != StartError.None) return new SyncReply(SyncOutcome.GenesisRefused, error.ToString(), Status());
                Identity.TryBind(genesis, info.Source, info.Operator);
                Start(follower!, new QueueWaypoints(_parts.WaypointSpacing), new SystemState(Identity.PublicKey), new MessageBox());
                SyncLog.Begun(_parts.Log, genesis);
            }
            else
            {
                Identity.TryBind(genesis, info.Source, info.Operator);
            }

            return new SyncReply(SyncOutcome.Taken, "", Status());
        }
    }

    /// <summary>Where the worker stands.</summary>
    public SyncStatus Status() => _engine?.View.Status ?? new SyncStatus(
        default, Identity.PublicKey, Session.SigningKey, default, 0, default, 0, Identity.Source, default, default, new SyncNeeds(false, false, false, 0, 0, default, default), default);

    /// <summary>What is submitted to register the worker; null before it has begun.</summary>
    public Registration? Register() => _engine is { } engine ? engine.Register() : null;

    /// <summary>Completes when all that is known is durable.</summary>
    public Task<bool> FlushAsync() => _engineParts.Writer.FlushAsync();

    /// <summary>Writes snapshots of all that is known.</summary>
    /// <returns>False where they can't be written.</returns>
    public async Task<bool> TakeCheckpointAsync()
    {
        if (_engine is not { } engine) return true;
        byte[] snapshot = engine.Save(out IReadOnlyList<SavedCluster> clusters);
        foreach (SavedCluster cluster in clusters) _engineParts.Writer.Do(() => Write(cluster));
        bool isNew = _lastSnapshot is null || !_lastSnapshot.AsSpan().SequenceEqual(snapshot);
        if (isNew) _engineParts.Writer.Begin(_lastSnapshot = snapshot);
        return await FlushAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the worker as a kill would: nothing is written but what was handed to the file system.</summary>
    public async ValueTask AbandonAsync()
    {
        await _engineParts.Writer.DisposeAsync().ConfigureAwait(false);
        Close();
    }

    /// <summary>Writes what is known and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _engine?.Stop(StopReason.ShuttingDown);
        await TakeCheckpointAsync().ConfigureAwait(false);
        await AbandonAsync().ConfigureAwait(false);
    }

    private static bool HasState(WorkerParts parts) =>
        parts.Files.List(parts.Folder).Any(name => name.EndsWith(".snap", StringComparison.Ordinal) || name.EndsWith(".log", StringComparison.Ordinal) || name == GatekeeperKeys.FileName);

    private static string Describe(WorkerParts parts, string name, SealError error) => error switch
    {
        SealError.NotOpened => $"{name} in {parts.Folder} does not open: it was changed, or sealed by another machine or program. Restore it from a backup; nothing was overwritten.",
        SealError.UnknownFormat => $"{name} in {parts.Folder} is no sealed file of this program. Restore it from a backup; nothing was overwritten.",
        _ => $"{name} in {parts.Folder} can't be used ({error}). Restore it from a backup; nothing was overwritten.",
    };

    private void Restore(Restored found)
    {
        foreach (ulong generation in found.Damaged) SyncLog.DamagedGeneration(_parts.Log, generation);
        if (Identity.Genesis is not { } genesis || found.Snapshot is null) return;
        QueueWaypoints waypoints = new(_parts.WaypointSpacing);
        string? reason = TryRestore(genesis, found, waypoints, out ChainFollower? follower, out SystemState? system, out MessageBox box);
        if (reason is not null)
        {
            SyncLog.Forgotten(_parts.Log, genesis, reason);
            return;
        }

        Start(follower!, waypoints, system!, box);
        SyncLog.Restored(_parts.Log, follower!.Head.Block.Number, system!.Cursor.Head.Count);
    }

    private string? TryRestore(in Hash256 genesis, Restored found, QueueWaypoints waypoints, out ChainFollower? follower, out SystemState? system, out MessageBox box)
    {
        (follower, system, box) = (null, null, new MessageBox());
        if (!Scale.Decode<WorkerSnapshot>(found.Snapshot).TryGet(out WorkerSnapshot? snapshot) || snapshot.Version != WorkerSnapshot.Current) return "the snapshot is of another version";
        system = SystemState.Restore(Identity.PublicKey, snapshot.System);
        box.Restore(snapshot.Outbox);
        foreach (QueueHead waypoint in snapshot.Waypoints) waypoints.Pass(waypoint);
        Vec<byte> light = snapshot.LightClient;
        foreach (byte[] bytes in found.Records)
        {
            if (!Scale.Decode<WorkerRecord>(bytes).TryGet(out WorkerRecord? record)) return "the log is of another version";
            switch (record)
            {
                case WorkerRecord.Advanced advanced:
                    light = advanced.LightClient;
                    break;
                case WorkerRecord.Applied applied when applied.After.Head.Count == system.Cursor.Head.Count + 1:
                    system.Apply(new VerifiedEntry(applied.Entry, applied.After, [new ChannelMessages(Channel.System, applied.Messages)]));
                    waypoints.Pass(applied.After.Head);
                    break;
                case WorkerRecord.Sent sent:
                    box.Put(sent.Message);
                    break;
                case WorkerRecord.Acknowledged acknowledged:
                    box.Acknowledge(acknowledged.Sender, acknowledged.Next);
                    break;
                default:
                    return "the log has a gap";
            }
        }

        RestoreError error = ChainFollower.TryRestore(genesis, light.AsSpan(), out follower);
        if (error != RestoreError.None) return $"the light client's state: {error}";
        return system.Cursor.Head.Count > follower!.Head.Queue.Count ? "entries are beyond the head" : null;
    }

    private void Start(ChainFollower follower, QueueWaypoints waypoints, SystemState system, MessageBox box)
    {
        StreamSet streams = new(follower.State.Genesis, Identity, Session, new ContractSurroundings(_parts.Codes, _parts.Http, _parts.Time), _snapshots, system, _parts.Log);
        SyncEngine engine = new(_engineParts, follower, waypoints, streams, box);
        _lastSnapshot = engine.Save(out _);
        _engineParts.Writer.Begin(_lastSnapshot);
        if (follower.Evidence is not null) engine.Stop(StopReason.ConflictingFinality);
        _engine = engine;
    }

    private void Write(SavedCluster saved)
    {
        try
        {
            _snapshots.Write(saved.Cluster, saved.Content, saved.Key);
        }
        finally
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(saved.Key);
        }
    }

    private void Fail(Exception failure)
    {
        SyncLog.WriteFailed(_parts.Log, failure);
        _failed.TrySetResult($"Files in {_parts.Folder} can't be written ({failure.GetType().Name}).");
        // Not here and now: the writer must not wait for the engine, which may be waiting for the writer.
        Task.Run(() => _engine?.Stop(StopReason.StorageFailed));
    }

    private void Close()
    {
        _engine?.Dispose();
        _engineParts.GatekeeperKeys.Dispose();
        Session.Dispose();
        Identity.Dispose();
    }
}
