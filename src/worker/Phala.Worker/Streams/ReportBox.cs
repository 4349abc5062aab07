using Microsoft.Extensions.Logging;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;

namespace Phala.Worker.Streams;

/// <summary>Reports of a cluster's entries that wait for the chain, in the entries' order.</summary>
/// <remarks>
/// <b>Invariant.</b> A report is dropped when a final state shows that its own entry is anchored, or that the chain takes no votes on it any more. That a later entry is anchored says nothing of it: reports come
/// into blocks in any order, and a node that is killed forgets those that wait. The chain keeps the votes on so many entries; fewer are offered at once, so that none of them drives another's votes out.
/// </remarks>
/// <param name="cluster">The cluster.</param>
/// <param name="log">The log.</param>
internal sealed class ReportBox(Hash256 cluster, ILogger log)
{
    /// <summary>How many reports are offered and asked about at once: the oldest.</summary>
    internal const int Window = (int)PhalaPhatContracts.VotesKept / 2;

    private readonly SortedDictionary<ulong, SignedClusterReport> _waiting = [];
    private readonly HashSet<ulong> _open = [];
    private ulong _anchored;
    private ulong? _oldestVoted;

    /// <summary>All of them.</summary>
    public IEnumerable<SignedClusterReport> Waiting => _waiting.Values;

    /// <summary>Those that are for the chain: of entries beyond the newest anchor, and of entries before it that a final state shows without one.</summary>
    public IEnumerable<SignedClusterReport> Offered => _waiting.Values.Take(Window).Where(report => report.Report.Queue.Count > _anchored || _open.Contains(report.Report.Queue.Count));

    /// <summary>Whether the chain may want a report of an entry.</summary>
    public bool IsWanted(ulong count) => count > _anchored || (_oldestVoted is { } oldest ? count >= oldest : count + PhalaPhatContracts.VotesKept > _anchored);

    /// <summary>Adds a report that is wanted.</summary>
    public void Add(SignedClusterReport report) => _waiting[report.Report.Queue.Count] = report;

    /// <summary>Forgets all of them.</summary>
    public void Clear() => _waiting.Clear();

    /// <summary>What is to be asked of the next final state.</summary>
    /// <param name="at">The last entry that the cluster has executed.</param>
    public ReportQuestions Questions(ulong at)
    {
        ulong[] counts = [.. _waiting.Keys.Take(Window).Where(count => count <= _anchored)];
        return new ReportQuestions(cluster, counts.Length > 0 || at < _anchored, counts);
    }

    /// <summary>Takes note of the newest anchor.</summary>
    public void Take(in ClusterAnchor anchor)
    {
        _anchored = Math.Max(_anchored, anchor.Queue.Count);
        Take(anchor.Queue.Count, anchor.ReportHash);
    }

    /// <summary>Takes note of the oldest entry that the chain keeps votes on: of those before it no report is taken.</summary>
    public void TakeOldest(ulong count)
    {
        _oldestVoted = Math.Max(count, _oldestVoted ?? 0);
        foreach (ulong forgotten in _waiting.Keys.TakeWhile(waiting => waiting < count).ToArray()) Drop(forgotten);
    }

    /// <summary>Takes note of what is anchored of an entry.</summary>
    /// <param name="count">The entry.</param>
    /// <param name="anchored">The hash of the report; null where none is.</param>
    public void Take(ulong count, Hash256? anchored)
    {
        if (!_waiting.TryGetValue(count, out SignedClusterReport? report)) return;
        if (anchored is null)
        {
            _open.Add(count);
            return;
        }

        if (report.Report.Hash() != anchored) StreamLog.Diverged(log, cluster, count);
        Drop(count);
    }

    private void Drop(ulong count)
    {
        _waiting.Remove(count);
        _open.Remove(count);
    }
}
