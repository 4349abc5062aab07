using Phala.Codec;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Clusters;

/// <summary>Counts what members report of entries. What enough report alike is anchored, each entry once; what two report differently is told as evidence.</summary>
internal static class ReportCounter
{
    /// <summary>Counts a report that was found good.</summary>
    public static void Count(BlockContext block, SignedClusterReport signed)
    {
        TrieOverlay state = block.State;
        ClusterReport report = signed.Report;
        ClusterCount entry = new(report.Cluster, report.Queue.Count);
        SessionRecord session = PhalaRegistry.Sessions.Get(state, signed.Worker);
        ReportVote vote = new(signed.Worker, session.SigningKey, report.Hash());
        Vec<ReportVote> before = PhalaPhatContracts.ReportVotes.Get(state, entry);
        Vec<ReportVote> votes = [.. before.AsSpan(), vote];
        PhalaPhatContracts.ReportVotes.Set(state, entry, votes);
        if (before.Length == 0) Remember(state, entry);
        else if (!Has(before, vote.Report)) block.Deposit(new PhalaPhatContracts.ReportsDiffer(entry.Cluster, entry.Count, before[0], vote));

        uint members = Members(votes, vote.Report);
        bool isEnough = members >= PhalaPhatContracts.ReportQuorum.Get(state, entry.Cluster);
        if (isEnough && !PhalaPhatContracts.AnchoredReports.Contains(state, entry)) Anchor(block, report, vote.Report, members);
    }

    /// <summary>Whether an entry's votes are not kept any more: it is older than all that are, and those are as many as are kept.</summary>
    public static bool IsForgotten(TrieOverlay state, ClusterCount entry)
    {
        Vec<ulong> kept = PhalaPhatContracts.VotedCounts.Get(state, entry.Cluster);
        return kept.Length >= PhalaPhatContracts.VotesKept && entry.Count < kept[0];
    }

    /// <summary>Forgets all votes in a cluster. Its newest anchor stays, and the hashes of its anchored reports.</summary>
    public static void ForgetAll(TrieOverlay state, in Hash256 cluster)
    {
        foreach (ulong count in PhalaPhatContracts.VotedCounts.Get(state, cluster)) PhalaPhatContracts.ReportVotes.Remove(state, new ClusterCount(cluster, count));
        PhalaPhatContracts.VotedCounts.Remove(state, cluster);
    }

    /// <summary>Commands' events come with every entry that is anchored; the anchor that stands is the newest entry's.</summary>
    private static void Anchor(BlockContext block, ClusterReport report, in Hash256 hash, uint members)
    {
        TrieOverlay state = block.State;
        AnchoredReportRing.Keep(state, new ClusterCount(report.Cluster, report.Queue.Count), hash);
        ClusterAnchor anchor = new(report.Queue, report.StateRoot, report.ReceiptsRoot, hash, members);
        bool isNewest = !PhalaPhatContracts.ClusterAnchors.TryGet(state, report.Cluster, out ClusterAnchor stands) || stands.Queue.Count < report.Queue.Count;
        if (isNewest) PhalaPhatContracts.ClusterAnchors.Set(state, report.Cluster, anchor);
        block.Deposit(new PhalaPhatContracts.ClusterAnchored(report.Cluster, anchor));
        foreach (Receipt receipt in report.Receipts) block.Deposit(new PhalaPhatContracts.CommandExecuted(report.Cluster, receipt));
    }

    /// <summary>How many members said so first. What a member says later is evidence against it and counts for nothing.</summary>
    private static uint Members(Vec<ReportVote> votes, in Hash256 report)
    {
        HashSet<Sr25519PublicKey> heard = [];
        uint members = 0;
        foreach (ReportVote vote in votes)
        {
            if (heard.Add(vote.Worker) && vote.Report == report) members++;
        }

        return members;
    }

    private static bool Has(Vec<ReportVote> votes, in Hash256 report)
    {
        foreach (ReportVote vote in votes)
        {
            if (vote.Report == report) return true;
        }

        return false;
    }

    private static void Remember(TrieOverlay state, ClusterCount entry)
    {
        List<ulong> kept = [.. PhalaPhatContracts.VotedCounts.Get(state, entry.Cluster)];
        kept.Insert(~kept.BinarySearch(entry.Count), entry.Count);
        if (kept.Count > PhalaPhatContracts.VotesKept)
        {
            PhalaPhatContracts.ReportVotes.Remove(state, entry with { Count = kept[0] });
            kept.RemoveAt(0);
        }

        PhalaPhatContracts.VotedCounts.Set(state, entry.Cluster, [.. kept]);
    }
}
