using Phala.Chain;
using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;
using Phala.Worker.Streams;

namespace Phala.Worker.Sync;

/// <summary>What a final state says about this worker alone: its registration and session, and which of its messages and reports have arrived.</summary>
/// <remarks><b>Invariant.</b> Nothing that is executed depends on it: members with different facts have equal states.</remarks>
internal sealed class LocalFacts(Sr25519PublicKey self)
{
    private readonly Dictionary<Hash256, ClusterAnchor> _anchors = [];
    private readonly Dictionary<Hash256, ulong> _oldestVoted = [];
    private readonly List<(ClusterCount Entry, Hash256? Report)> _reports = [];
    private readonly Dictionary<MessageOrigin, ulong> _ingress = [];

    /// <summary>The block whose state said so last; its number is 0 where none did.</summary>
    public BlockId At { get; private set; }

    /// <summary>The registration; null where there is none, or nothing was said of it.</summary>
    public WorkerInfoV2? Registration { get; private set; }

    /// <summary>The session that is recorded; null where there is none, or nothing was said of it.</summary>
    public SessionRecord? Session { get; private set; }

    /// <summary>Whether anything was said of registration and session.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Where clients find the worker, as the chain has it; null where it has nothing.</summary>
    public VersionedWorkerEndpoints? Endpoints { get; private set; }

    /// <summary>When that was signed.</summary>
    public ulong EndpointsSignedAt { get; private set; }

    /// <summary>The storage keys of what the worker wants to know.</summary>
    /// <param name="senders">Whose messages wait.</param>
    /// <param name="questions">Of the clusters' reports.</param>
    public Vec<Vec<byte>> Keys(IEnumerable<MessageOrigin> senders, IEnumerable<ReportQuestions> questions)
    {
        List<Vec<byte>> keys =
        [
            Of(PhalaRegistry.Workers.Key(self)),
            Of(PhalaRegistry.Sessions.Key(self)),
            Of(PhalaRegistry.Endpoints.Key(self)),
            Of(PhalaRegistry.EndpointsSignedAt.Key(self)),
            .. senders.Select(sender => Of(PhalaMq.OffchainIngress.Key(sender))),
            .. questions.SelectMany(Keys),
        ];
        return [.. keys];
    }

    /// <summary>Takes what a proof says. What it does not reveal stays as it was.</summary>
    /// <param name="state">The proof, under the state root of the block.</param>
    /// <param name="block">The block, which is final.</param>
    /// <param name="senders">Whose messages wait.</param>
    /// <param name="questions">Of the clusters' reports.</param>
    public void Take(ProvenState state, in BlockId block, IEnumerable<MessageOrigin> senders, IEnumerable<ReportQuestions> questions)
    {
        _reports.Clear();
        if (block.Number < At.Number) return;
        ProvenLookup registration = state.TryRead(PhalaRegistry.Workers, self, out WorkerInfoV2? info);
        ProvenLookup session = state.TryRead(PhalaRegistry.Sessions, self, out SessionRecord? record);
        if (registration is ProvenLookup.Present or ProvenLookup.Absent && session is ProvenLookup.Present or ProvenLookup.Absent)
        {
            (Registration, Session, IsKnown, At) = (info, record, true, block);
        }

        bool isTimeTold = state.TryRead(PhalaRegistry.EndpointsSignedAt, self, out ulong signedAt) == ProvenLookup.Present;
        if (isTimeTold && state.TryRead(PhalaRegistry.Endpoints, self, out VersionedWorkerEndpoints? told) == ProvenLookup.Present) (Endpoints, EndpointsSignedAt) = (told, signedAt);
        foreach (MessageOrigin sender in senders)
        {
            if (state.TryRead(PhalaMq.OffchainIngress, sender, out ulong next) == ProvenLookup.Present) _ingress[sender] = Math.Max(next, _ingress.GetValueOrDefault(sender));
        }

        foreach (ReportQuestions question in questions) Take(state, question);
    }

    /// <summary>The sequence that the chain expects next from a sender; 0 where nothing was said.</summary>
    public ulong NextOf(MessageOrigin sender) => _ingress.GetValueOrDefault(sender);

    /// <summary>The newest anchored report of a cluster.</summary>
    public bool TryGetAnchor(in Hash256 cluster, out ClusterAnchor anchor) => _anchors.TryGetValue(cluster, out anchor);

    /// <summary>The oldest entry on which the chain keeps votes in a cluster; null where nothing was said.</summary>
    public ulong? OldestVotedOf(in Hash256 cluster) => _oldestVoted.TryGetValue(cluster, out ulong count) ? count : null;

    /// <summary>What the last proof said of a cluster's entries that were asked about: the hash of the anchored report, null where there is none.</summary>
    public IEnumerable<(ulong Count, Hash256? Report)> ReportsOf(Hash256 cluster) => _reports.Where(each => each.Entry.Cluster == cluster).Select(each => (each.Entry.Count, each.Report));

    private static IEnumerable<Vec<byte>> Keys(ReportQuestions question) =>
    [
        Of(PhalaPhatContracts.ClusterAnchors.Key(question.Cluster)),
        .. question.AsksVotes ? [Of(PhalaPhatContracts.VotedCounts.Key(question.Cluster))] : Array.Empty<Vec<byte>>(),
        .. question.Counts.Select(count => Of(PhalaPhatContracts.AnchoredReports.Key(new ClusterCount(question.Cluster, count)))),
    ];

    private void Take(ProvenState state, ReportQuestions question)
    {
        Hash256 cluster = question.Cluster;
        if (state.TryRead(PhalaPhatContracts.ClusterAnchors, cluster, out ClusterAnchor anchor) == ProvenLookup.Present && anchor.Queue.Count >= _anchors.GetValueOrDefault(cluster).Queue.Count) _anchors[cluster] = anchor;
        if (question.AsksVotes && state.TryRead(PhalaPhatContracts.VotedCounts, cluster, out Vec<ulong> voted) is ProvenLookup.Present or ProvenLookup.Absent)
        {
            _oldestVoted[cluster] = voted.Length >= PhalaPhatContracts.VotesKept ? voted[0] : 0;
        }

        foreach (ulong count in question.Counts)
        {
            ClusterCount entry = new(cluster, count);
            ProvenLookup found = state.TryRead(PhalaPhatContracts.AnchoredReports, entry, out Hash256 report);
            if (found is ProvenLookup.Present or ProvenLookup.Absent) _reports.Add((entry, found == ProvenLookup.Present ? report : null));
        }
    }

    private static Vec<byte> Of(byte[] key) => Vec.Create<byte>(key);
}
