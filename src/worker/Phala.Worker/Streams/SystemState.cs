using Phala.Codec;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;

namespace Phala.Worker.Streams;

/// <summary>The system's channel, applied: sessions, clusters and offices as every worker sees them.</summary>
/// <remarks>
/// <b>Invariant.</b> A function of the entries alone: it waits for no key and knows no secret. Any message gives a result: one that is malformed, or not from who may say it, changes nothing.
/// </remarks>
/// <param name="self">The worker itself.</param>
internal sealed class SystemState(Sr25519PublicKey self)
{
    private static readonly IComparer<Sr25519PublicKey> KeyOrder = Comparer<Sr25519PublicKey>.Create(static (left, right) => left.AsSpan().SequenceCompareTo(right.AsSpan()));
    private readonly SortedDictionary<Sr25519PublicKey, SessionRecord> _sessions = new(KeyOrder);
    private readonly SortedDictionary<Hash256, ClusterFacts> _clusters = new(Comparer<Hash256>.Create(static (left, right) => left.CompareTo(right)));
    private readonly SortedSet<Sr25519PublicKey> _gatekeepers = new(KeyOrder);

    /// <summary>The last entry that is applied.</summary>
    public QueueCursor Cursor { get; private set; }

    /// <summary>Who makes the master key.</summary>
    public Sr25519PublicKey? FirstGatekeeper { get; private set; }

    /// <summary>The master key's public half.</summary>
    public Sr25519PublicKey? Master { get; private set; }

    /// <summary>Whether the worker itself was registered.</summary>
    public bool IsRegistered { get; private set; }

    /// <summary>Whether the worker itself is in office.</summary>
    public bool IsGatekeeper => _gatekeepers.Contains(self);

    /// <summary>The clusters.</summary>
    public IReadOnlyCollection<ClusterFacts> Clusters => _clusters.Values;

    /// <summary>The newest session of a worker; null where there is none, or where its program was removed since.</summary>
    public SessionRecord? SessionOf(in Sr25519PublicKey worker) => _sessions.GetValueOrDefault(worker);

    /// <summary>A cluster; null where there is none.</summary>
    public ClusterFacts? Find(in Hash256 cluster) => _clusters.GetValueOrDefault(cluster);

    /// <summary>Whether the worker itself is a member of a cluster.</summary>
    public bool IsMember(ClusterFacts cluster) => !cluster.IsEnded && cluster.Members.AsSpan().Contains(self);

    /// <summary>Applies an entry.</summary>
    /// <returns>Secrets that were wrapped to sessions, whoever's they are.</returns>
    public List<ClusterKeyMessage.Wrapped> Apply(VerifiedEntry entry)
    {
        List<ClusterKeyMessage.Wrapped> wraps = [];
        QueueCursor before = Cursor;
        foreach (Message message in entry.MessagesOf(Channel.System))
        {
            if (message.Sender is MessageOrigin.Pallet) ApplyPallet(message, before);
            else if (message.Sender is MessageOrigin.Gatekeeper && message.Destination == Topics.ClusterKeys) ApplyKeys(message.Payload, wraps);
        }

        Cursor = entry.After;
        return wraps;
    }

    /// <summary>What is kept.</summary>
    public SystemSnapshot Save() => new(
        Cursor,
        [.. _sessions.Select(pair => new WorkerSession(pair.Key, pair.Value))],
        [.. _clusters.Values],
        FirstGatekeeper is { } first ? new Option<Sr25519PublicKey>(first) : default,
        [.. _gatekeepers],
        Master is { } master ? new Option<Sr25519PublicKey>(master) : default,
        IsRegistered);

    /// <summary>Goes on where a snapshot was taken.</summary>
    public static SystemState Restore(in Sr25519PublicKey self, SystemSnapshot snapshot)
    {
        SystemState state = new(self) { Cursor = snapshot.Cursor, IsRegistered = snapshot.IsRegistered };
        foreach (WorkerSession session in snapshot.Sessions) state._sessions[session.Identity] = session.Record;
        foreach (ClusterFacts cluster in snapshot.Clusters) state._clusters[cluster.Id] = cluster;
        foreach (Sr25519PublicKey gatekeeper in snapshot.Gatekeepers) state._gatekeepers.Add(gatekeeper);
        if (snapshot.FirstGatekeeper.TryGet(out Sr25519PublicKey first)) state.FirstGatekeeper = first;
        if (snapshot.Master.TryGet(out Sr25519PublicKey master)) state.Master = master;
        return state;
    }

    private void ApplyPallet(Message message, in QueueCursor before)
    {
        ReadOnlySpan<byte> payload = message.Payload.AsSpan();
        if (message.Destination == Topics.SystemEvent) ApplyEvent(payload);
        else if (message.Destination == Topics.ClusterEvent) ApplyCluster(payload, before);
        else if (message.Destination == Topics.GatekeeperLaunch) ApplyLaunch(payload);
        else if (message.Destination == Topics.GatekeeperChange) ApplyChange(payload);
    }

    private void ApplyEvent(ReadOnlySpan<byte> payload)
    {
        if (!Scale.Decode<SystemEvent>(payload).TryGet(out SystemEvent? decoded)) return;
        if (decoded is SystemEvent.SessionRecorded recorded) _sessions[recorded.Identity] = recorded.Session;
        else if (decoded is SystemEvent.ProgramRemoved removed) EndSessionsOf(removed.Program);
        else if (decoded is SystemEvent.WorkerEvent { Event: WorkerEvent.Registered } worker && worker.Pubkey == self) IsRegistered = true;
    }

    private void EndSessionsOf(Measurement program)
    {
        foreach (Sr25519PublicKey worker in _sessions.Where(pair => pair.Value.Measurement == program).Select(pair => pair.Key).ToArray()) _sessions.Remove(worker);
    }

    private void ApplyLaunch(ReadOnlySpan<byte> payload)
    {
        if (!Scale.Decode<GatekeeperLaunch>(payload).TryGet(out GatekeeperLaunch? launch)) return;
        if (launch is GatekeeperLaunch.FirstGatekeeper first)
        {
            FirstGatekeeper = first.Pubkey;
            _gatekeepers.Add(first.Pubkey);
        }
        else if (launch is GatekeeperLaunch.MasterPubkeyOnChain master)
        {
            Master ??= master.MasterPubkey;
        }
    }

    private void ApplyChange(ReadOnlySpan<byte> payload)
    {
        if (!Scale.Decode<GatekeeperChange>(payload).TryGet(out GatekeeperChange? change)) return;
        if (change is GatekeeperChange.Registered registered) _gatekeepers.Add(registered.Pubkey);
        else if (change is GatekeeperChange.Unregistered unregistered) _gatekeepers.Remove(unregistered.Pubkey);
    }

    private void ApplyCluster(ReadOnlySpan<byte> payload, in QueueCursor before)
    {
        if (!Scale.Decode<ClusterEvent>(payload).TryGet(out ClusterEvent? decoded)) return;
        switch (decoded)
        {
            case ClusterEvent.DeployCluster deploy:
                _clusters.TryAdd(deploy.Cluster, new ClusterFacts(deploy.Cluster, before, deploy.Workers, default, default, IsEnded: false));
                return;
            case ClusterEvent.WorkerAdded added when Find(added.Cluster) is { } cluster && !cluster.Members.AsSpan().Contains(added.Worker):
                _clusters[added.Cluster] = cluster with { Members = [.. cluster.Members, added.Worker] };
                return;
            case ClusterEvent.WorkerRemoved removed when Find(removed.Cluster) is { } cluster:
                _clusters[removed.Cluster] = Without(cluster, removed.Worker);
                return;
            case ClusterEvent.ClusterDestroyed destroyed when Find(destroyed.Cluster) is { } cluster:
                _clusters[destroyed.Cluster] = cluster with { IsEnded = true };
                return;
            default:
                return;
        }
    }

    /// <summary>Who leaves drops the secrets: should it join again in the same session, they are wrapped to it again.</summary>
    private ClusterFacts Without(ClusterFacts cluster, Sr25519PublicKey worker)
    {
        Sr25519PublicKey? session = SessionOf(worker)?.SigningKey;
        return cluster with { Members = [.. cluster.Members.Where(member => member != worker)], Wrapped = [.. cluster.Wrapped.Where(wrapped => wrapped != session)] };
    }

    private void ApplyKeys(Vec<byte> payload, List<ClusterKeyMessage.Wrapped> wraps)
    {
        if (!Scale.Decode<ClusterKeyMessage>(payload.AsSpan()).TryGet(out ClusterKeyMessage? decoded)) return;
        if (decoded is ClusterKeyMessage.Available available && Find(available.Cluster) is { } made)
        {
            bool isNewer = !made.Keys.TryGet(out AnnouncedKeys known) || available.Epoch > known.Epoch;
            if (isNewer) _clusters[made.Id] = made with { Keys = new(new AnnouncedKeys(available.Epoch, available.CommandKey, available.IdentityKey)), Wrapped = default };
        }
        else if (decoded is ClusterKeyMessage.Wrapped wrapped && Find(wrapped.Cluster) is { } cluster)
        {
            wraps.Add(wrapped);
            if (!cluster.Wrapped.AsSpan().Contains(wrapped.Session)) _clusters[cluster.Id] = cluster with { Wrapped = [.. Living(cluster), wrapped.Session] };
        }
    }

    /// <summary>Of the sessions that secrets are wrapped to those that stand: the list stays as long as the members are many.</summary>
    private IEnumerable<Sr25519PublicKey> Living(ClusterFacts cluster)
    {
        HashSet<Sr25519PublicKey> sessions = [.. cluster.Members.Select(member => SessionOf(member)?.SigningKey ?? default)];
        return cluster.Wrapped.Where(sessions.Contains);
    }
}
