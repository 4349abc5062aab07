using Microsoft.Extensions.Logging;
using Phala.Clusters;
using Phala.Codec;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Contracts;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Keys;
using Phala.Worker.Persistence;

namespace Phala.Worker.Streams;

/// <summary>What the worker follows: the system's channel and those of its clusters, each with its own cursor.</summary>
/// <remarks>
/// <b>Invariant.</b> An entry is applied to the system's channel first, then to the clusters in ascending order of ids: whoever stands before it takes it. The system's channel waits for nobody, so that keys always get
/// through.
/// </remarks>
internal sealed class StreamSet : IDisposable
{
    private readonly Hash256 _genesis;
    private readonly WorkerIdentity _identity;
    private readonly BootSession _session;
    private readonly ContractSurroundings _surroundings;
    private readonly ClusterSnapshots _snapshots;
    private readonly ILogger _log;
    private readonly SortedDictionary<Hash256, ClusterStream> _clusters = new(Comparer<Hash256>.Create(static (left, right) => left.CompareTo(right)));

    /// <summary>Begins with the system's channel as it was left; clusters wait for keys.</summary>
    public StreamSet(in Hash256 genesis, WorkerIdentity identity, BootSession session, ContractSurroundings surroundings, ClusterSnapshots snapshots, SystemState system, ILogger log)
    {
        (_genesis, _identity, _session, _surroundings, _snapshots, System, _log) = (genesis, identity, session, surroundings, snapshots, system, log);
        JoinAndLeave();
    }

    /// <summary>The system's channel.</summary>
    public SystemState System { get; }

    /// <summary>The clusters.</summary>
    public IReadOnlyCollection<ClusterStream> Clusters => _clusters.Values;

    /// <summary>Told when a cluster begins to execute from its first entry.</summary>
    public Action<ClusterStream>? Deployed { get; set; }

    /// <summary>Told when the program failed at an entry.</summary>
    public Action<ClusterStream, VerifiedEntry, InternalFault>? Failed { get; set; }

    /// <summary>The cluster of an id; null where the worker does not follow it.</summary>
    public ClusterStream? Find(in Hash256 cluster) => _clusters.GetValueOrDefault(cluster);

    /// <summary>Where the streams stand.</summary>
    /// <param name="head">The verified position of the queue.</param>
    /// <param name="waypoints">The positions before it that are known.</param>
    public Vec<StreamStatus> Status(QueueHead head, QueueWaypoints waypoints)
    {
        return [Of(Channel.System, System.Cursor.Head, StreamState.Running), .. _clusters.Values.Select(cluster => Of(cluster.Channel, cluster.Cursor.Head, cluster.Status))];

        StreamStatus Of(Channel channel, QueueHead applied, StreamState state) =>
            new(channel, applied, state, waypoints.TryFindTarget(head, applied, out QueueHead target) ? new Option<QueueHead>(target) : default);
    }

    /// <summary>What has to be proven before the stream that is furthest behind can be brought entries.</summary>
    /// <param name="head">The verified position of the queue.</param>
    /// <param name="waypoints">The positions before it that are known.</param>
    public WaypointGap? FindGap(QueueHead head, QueueWaypoints waypoints)
    {
        (ulong From, QueueHead To)? gap = _clusters.Values
            .Where(cluster => cluster.Status is StreamState.Running or StreamState.Faulted).Select(cluster => cluster.Cursor.Head).Append(System.Cursor.Head)
            .OrderBy(cursor => cursor.Count).Select(cursor => waypoints.FindGap(head, cursor)).FirstOrDefault(found => found is not null);
        return gap is { } found ? new WaypointGap(found.From, found.To) : null;
    }

    /// <summary>The cursor of a stream that takes entries and stands at a position.</summary>
    public bool TryGetCursor(in QueueHead at, out QueueCursor cursor)
    {
        cursor = System.Cursor;
        if (cursor.Head == at) return true;
        foreach (ClusterStream cluster in _clusters.Values)
        {
            cursor = cluster.Cursor;
            if (cursor.Head == at && cluster.Status is StreamState.Running or StreamState.Faulted) return true;
        }

        return false;
    }

    /// <summary>The channels whose streams take the entry after a position, in ascending order.</summary>
    public Channel[] WantedAt(in QueueHead at)
    {
        List<Channel> wanted = [];
        if (System.Cursor.Head == at) wanted.Add(Channel.System);
        foreach (ClusterStream cluster in _clusters.Values)
        {
            if (cluster.Status == StreamState.Running && cluster.Cursor.Head == at) wanted.Add(cluster.Channel);
        }

        return [.. wanted];
    }

    /// <summary>Lets streams that were stopped by a fault at a position try again.</summary>
    public void Retry(in QueueHead at)
    {
        foreach (ClusterStream cluster in _clusters.Values)
        {
            if (cluster.Cursor.Head == at) cluster.Retry();
        }
    }

    /// <summary>Applies an entry to all streams that stand before it.</summary>
    /// <param name="before">The position before it.</param>
    /// <param name="entry">The entry with the bodies that <see cref="WantedAt"/> asked for.</param>
    /// <returns>Whether the system's channel was one of them.</returns>
    public bool Apply(in QueueHead before, VerifiedEntry entry)
    {
        HashSet<Channel> wanted = [.. WantedAt(before)];
        if (wanted.Contains(Channel.System)) ApplySystem(entry);
        foreach (ClusterStream cluster in _clusters.Values)
        {
            if (!wanted.Contains(cluster.Channel) || cluster.Apply(entry) is not { } fault) continue;
            StreamLog.Faulted(_log, cluster.Id, entry.After.Head.Count, cluster.Attempts, fault.Description);
            Failed?.Invoke(cluster, entry, fault);
        }

        return wanted.Contains(Channel.System);
    }

    /// <summary>Applies an entry to the system's channel, as it was logged.</summary>
    public void ApplySystem(VerifiedEntry entry)
    {
        List<ClusterKeyMessage.Wrapped> wraps = System.Apply(entry);
        JoinAndLeave();
        foreach (ClusterKeyMessage.Wrapped wrapped in wraps.Where(wrapped => wrapped.Session == _session.SigningKey)) TakeKeys(wrapped);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ClusterStream cluster in _clusters.Values) cluster.Dispose();
    }

    private void TakeKeys(ClusterKeyMessage.Wrapped wrapped)
    {
        if (Find(wrapped.Cluster) is not { } cluster) return;
        if (_session.TryUnwrap(_genesis, wrapped.Cluster, wrapped.Epoch, wrapped.Sealed.AsSpan()) is not { } secrets)
        {
            StreamLog.KeysNotOpened(_log, wrapped.Cluster);
            return;
        }

        if (System.Find(wrapped.Cluster) is not { } facts || !facts.Keys.TryGet(out AnnouncedKeys announced) || !announced.AreOf(secrets))
        {
            StreamLog.KeysNotAnnounced(_log, wrapped.Cluster);
            secrets.Dispose();
            return;
        }

        bool waited = cluster.Status == StreamState.AwaitingKeys;
        RestoredCluster? restored = waited ? Restore(cluster, secrets) : null;
        cluster.Begin(secrets, restored);
        StreamLog.KeysReceived(_log, cluster.Id, cluster.Cursor.Head.Count);
        if (waited && restored is null) Deployed?.Invoke(cluster);
    }

    private RestoredCluster? Restore(ClusterStream cluster, ClusterSecrets secrets)
    {
        byte[] key = new byte[32];
        secrets.DeriveSnapshotKey(key);
        try
        {
            return _snapshots.TryRead(cluster.Cluster, key);
        }
        finally
        {
            global::System.Security.Cryptography.CryptographicOperations.ZeroMemory(key);
        }
    }

    private void JoinAndLeave()
    {
        foreach (ClusterFacts facts in System.Clusters)
        {
            bool isMember = System.IsMember(facts);
            if (isMember && !_clusters.ContainsKey(facts.Id))
            {
                _clusters.Add(facts.Id, new ClusterStream(_genesis, facts.Id, facts.Before, _identity, _session, _surroundings, _log));
                StreamLog.Joined(_log, facts.Id, facts.Before.Head.Count + 1);
            }
            else if (!isMember && _clusters.Remove(facts.Id, out ClusterStream? left))
            {
                left.End();
                _snapshots.Clear(facts.Id);
                StreamLog.Left(_log, facts.Id);
            }
        }
    }
}
