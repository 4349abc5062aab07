using Phala.Crypto.Signatures;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Workers;
using Phala.Runtime.Pallets.Workers;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Clusters;

/// <summary>Which reports are counted: those of a member's current session, of an entry that exists, well formed, and not counted before.</summary>
/// <remarks>
/// A member is counted once for an entry, and heard a second time if it says something else, as that is evidence. <see cref="ClusterReport.Previous"/> is not compared with the newest
/// anchor: reports come in any order, and an entry may miss its quorum. It is part of what members have to say alike, so that whoever follows anchors sees whether they are a chain.
/// </remarks>
internal static class ReportRules
{
    /// <summary>How often a member is heard on an entry: once, and once more with evidence against itself.</summary>
    private const int MostVotes = 2;

    /// <summary>The pool's answer to a transaction with a report.</summary>
    public static TransactionValidity Validate(BlockContext block, PhalaPhatContracts.ReportEntry call) =>
        Check(block, call.Report) is { } error ? error.ToValidity() : BareTransactions.Providing(call.Report.PoolTag());

    private static PhalaPhatContracts.Error? Check(BlockContext block, SignedClusterReport signed)
    {
        ClusterReport report = signed.Report;
        if (!PhalaPhatContracts.Clusters.Contains(block.State, report.Cluster)) return PhalaPhatContracts.Error.ClusterNotFound;
        if (!TryGetSession(block, signed, out Sr25519PublicKey session) || !Exists(block.State, report.Queue)) return PhalaPhatContracts.Error.InvalidReport;
        if (IsStale(block.State, signed)) return PhalaPhatContracts.Error.ReportStale;
        bool isSigned = Sr25519.Verify(session.AsSpan(), report.SigningBytes(), signed.Signature.AsSpan()) == SignatureVerdict.Valid;
        return isSigned && AreOfEntry(report) && ClusterReport.RootOf(report.Receipts) == report.ReceiptsRoot ? null : PhalaPhatContracts.Error.InvalidReport;
    }

    private static bool TryGetSession(BlockContext block, SignedClusterReport signed, out Sr25519PublicKey session)
    {
        session = default;
        if (!PhalaPhatContracts.ClusterByWorkers.TryGet(block.State, signed.Worker, out Hash256 cluster) || cluster != signed.Report.Cluster) return false;
        if (!SessionRules.TryGetLive(block, signed.Worker, out SessionRecord record)) return false;
        session = record.SigningKey;
        return true;
    }

    /// <summary>Whether the queue has the entry. The chain keeps the newest head alone: earlier ones are what members say alike.</summary>
    private static bool Exists(TrieOverlay state, in QueueHead claimed)
    {
        QueueHead head = PhalaMq.QueueHead.Get(state);
        return claimed.Count > 0 && (claimed.Count < head.Count || claimed == head);
    }

    private static bool IsStale(TrieOverlay state, SignedClusterReport signed)
    {
        ClusterCount entry = new(signed.Report.Cluster, signed.Report.Queue.Count);
        Hash256 hash = signed.Report.Hash();
        if (PhalaPhatContracts.AnchoredReports.TryGet(state, entry, out Hash256 anchored) && anchored == hash) return true;
        int votes = 0;
        foreach (ReportVote vote in PhalaPhatContracts.ReportVotes.Get(state, entry))
        {
            if (vote.Worker != signed.Worker) continue;
            votes++;
            if (votes == MostVotes || vote.Report == hash) return true;
        }

        return ReportCounter.IsForgotten(state, entry);
    }

    private static bool AreOfEntry(ClusterReport report)
    {
        Channel channel = Channel.OfCluster(report.Cluster);
        long last = -1;
        foreach (Receipt receipt in report.Receipts)
        {
            if (receipt.Id.Count != report.Queue.Count || receipt.Id.Channel != channel || receipt.Id.Index <= last) return false;
            last = receipt.Id.Index;
        }

        return true;
    }
}
