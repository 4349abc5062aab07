using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Outbox;
using Phala.Worker.Queries;
using Phala.Worker.Streams;

namespace Phala.Worker.Sync;

/// <summary>What the engine publishes after each request: immutable.</summary>
/// <param name="Known">Where the worker stands; null before it has begun.</param>
/// <param name="Head">The newest final block; null before the worker has begun.</param>
/// <param name="LeaseEnd">The last block in which the session counts; 0 where it does not.</param>
/// <param name="IsRegistered">Whether the chain has the worker.</param>
/// <param name="Clusters">What queries see, by cluster.</param>
/// <param name="Messages">Messages that wait for the chain, by sender.</param>
/// <param name="Reports">Reports that wait for the chain.</param>
/// <param name="Faults">The program's own failures.</param>
/// <param name="Gatekeeper">Its part among the gatekeepers: whether it is in office, and the master key.</param>
/// <param name="Evidence">Two histories, where there are two.</param>
/// <param name="Commands">Commands that were executed, and those that were not.</param>
internal sealed record EngineView(
    SyncStatus? Known,
    VerifiedHead? Head,
    uint LeaseEnd,
    bool IsRegistered,
    IReadOnlyDictionary<Hash256, ClusterServing> Clusters,
    Vec<OutboundMessages> Messages,
    IReadOnlyList<SignedClusterReport> Reports,
    Vec<SignedFaultReport> Faults,
    (bool IsInOffice, Sr25519PublicKey? Master) Gatekeeper,
    Evidence? Evidence,
    (long Executed, long NotExecuted) Commands)
{
    /// <summary>Nothing is known.</summary>
    public static EngineView Empty { get; } = new(null, null, 0, false, new Dictionary<Hash256, ClusterServing>(), default, [], default, default, null, default);

    /// <summary>Where the worker stands.</summary>
    public SyncStatus Status => Known ?? throw new InvalidOperationException("The worker has not begun.");

    /// <summary>Why queries are not answered; null where they are.</summary>
    public string? NotServing => this switch
    {
        { Known: null } => "not begun",
        { Known.Stopped.IsSome: true } => $"stopped: {(Status.Stopped.TryGet(out StopReason reason) ? reason : default)}",
        { IsRegistered: false } => "not registered",
        { LeaseEnd: 0 } => "no session on the chain",
        { Head: { } head } when head.Block.Number > LeaseEnd => "the lease is over",
        { Clusters.Count: 0 } => "no cluster is executed up to the head",
        _ => null,
    };

    /// <summary>The view after a request.</summary>
    public static EngineView Of(
        EngineView before, SyncStatus status, VerifiedHead head, SessionState session, StreamSet streams, MessageBox box, Vec<SignedFaultReport> faults, bool isRegistered, Evidence? evidence)
    {
        Dictionary<Hash256, ClusterServing> clusters = [];
        foreach (ClusterStream cluster in streams.Clusters)
        {
            if (ClusterServing.Of(cluster, head, before.Clusters.GetValueOrDefault(cluster.Id)) is { } serving) clusters.Add(cluster.Id, serving);
        }

        Vec<OutboundMessages> messages =
        [
            .. box.Pending.Select(each => new OutboundMessages(each.Sender, each.Messages)),
            .. streams.Clusters.Where(cluster => cluster.Egress.Count > 0).Select(cluster => new OutboundMessages(new Runtime.Interface.Messages.MessageOrigin.Cluster(cluster.Id), [.. cluster.Egress])),
        ];
        return new EngineView(
            status,
            head,
            session.LeaseEnd,
            isRegistered,
            clusters,
            messages,
            [.. streams.Clusters.SelectMany(cluster => cluster.Reports.Offered)],
            faults,
            (streams.System.IsGatekeeper, streams.System.Master),
            evidence,
            (streams.Clusters.Sum(cluster => cluster.Commands.Executed), streams.Clusters.Sum(cluster => cluster.Commands.NotExecuted)));
    }
}
