using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets.Clusters;

/// <summary>The hashes of a cluster's last anchored reports: receipts are proven by them, long after the votes are forgotten.</summary>
/// <remarks>
/// <b>Invariant.</b> At most so many are kept for each cluster, in the order in which they were anchored: one more drives out the one that has been there longest, at the cost of one removal. They outlive the cluster, whose
/// receipts stay true.
/// </remarks>
internal static class AnchoredReportRing
{
    /// <summary>Keeps a report's hash.</summary>
    /// <param name="state">The state.</param>
    /// <param name="entry">The report's entry, of which none is kept.</param>
    /// <param name="report">The hash.</param>
    /// <param name="most">How many are kept.</param>
    public static void Keep(TrieOverlay state, in ClusterCount entry, in Hash256 report, uint most = PhalaPhatContracts.ReportsKept)
    {
        ulong anchored = PhalaPhatContracts.AnchoredTotals.Get(state, entry.Cluster);
        ClusterCount place = entry with { Count = anchored % most };
        if (PhalaPhatContracts.AnchoredEntries.TryGet(state, place, out ulong oldest)) PhalaPhatContracts.AnchoredReports.Remove(state, entry with { Count = oldest });
        PhalaPhatContracts.AnchoredEntries.Set(state, place, entry.Count);
        PhalaPhatContracts.AnchoredReports.Set(state, entry, report);
        PhalaPhatContracts.AnchoredTotals.Set(state, entry.Cluster, anchored + 1);
    }
}
