using Microsoft.Extensions.Logging.Abstractions;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Streams;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>Reports wait until the chain has what they say, whatever comes into blocks first.</summary>
public sealed class ReportBoxTests
{
    private static readonly Hash256 Cluster = ContractId.OfCluster(1);

    [Fact]
    public void A_report_waits_until_its_own_entry_is_anchored_although_a_later_one_is()
    {
        WorkerWorld world = new WorkerWorld().BeginCluster();
        world.Settle();
        for (byte at = 0; at < 3; at++)
        {
            world.Store(ClusterQueries.Alice, $"door {at}", at);
            world.Pallets.Seal();
        }

        TestRelayer relayer = world.First.Relayer;
        relayer.Advance(world.Chain, world.Chain.Height);
        relayer.Deliver(world.Chain);
        SignedClusterReport[] reports = [.. relayer.Reports()];
        Assert.Equal(3, reports.Length);

        Assert.True(world.Pallets.Report(reports[2]));
        Next(world, relayer);
        Assert.Empty(relayer.Reports());
        Next(world, relayer);
        Assert.Equal(reports[..2], relayer.Reports());

        Assert.True(world.Pallets.Report(reports[0]));
        Next(world, relayer);
        Assert.Equal([reports[1]], relayer.Reports());
        Assert.True(world.Pallets.Report(reports[1]));
        Next(world, relayer);
        Assert.Empty(relayer.Reports());
        Assert.Equal(0u, relayer.Status.Needs.PendingReports);
    }

    [Fact]
    public void So_few_reports_are_offered_that_none_drives_anothers_votes_out()
    {
        ReportBox box = new(Cluster, NullLogger.Instance);
        for (ulong count = 1; count <= 1000; count++) box.Add(Report(count));
        Assert.Equal(Enumerable.Range(1, ReportBox.Window), box.Offered.Select(report => (int)report.Report.Queue.Count));
        Assert.True(ReportBox.Window < PhalaPhatContracts.VotesKept);
        box.Take(1, Report(1).Report.Hash());
        Assert.Equal(Enumerable.Range(2, ReportBox.Window), box.Offered.Select(report => (int)report.Report.Queue.Count));
    }

    [Fact]
    public void Of_entries_that_nobody_votes_on_any_more_no_report_is_kept_or_made()
    {
        ReportBox box = new(Cluster, NullLogger.Instance);
        for (ulong count = 1; count <= 20; count++) box.Add(Report(count));
        box.Take(Anchor(20));
        Assert.Equal(19, box.Waiting.Count());
        Assert.Empty(box.Offered);
        Assert.True(box.IsWanted(3));
        Assert.True(box.Questions(at: 20).AsksVotes);
        box.TakeOldest(15);
        Assert.Equal([15ul, 16, 17, 18, 19], box.Waiting.Select(report => report.Report.Queue.Count));
        Assert.Equal((false, true), (box.IsWanted(14), box.IsWanted(15)));
        foreach (ulong count in box.Questions(at: 20).Counts.ToArray()) box.Take(count, Report(count).Report.Hash());
        Assert.Empty(box.Waiting);
        Assert.Equal((false, true), (box.Questions(at: 20).AsksVotes, box.Questions(at: 19).AsksVotes));
    }

    [Fact]
    public void A_worker_that_replays_makes_no_report_of_entries_far_behind_the_newest_anchor()
    {
        ReportBox box = new(Cluster, NullLogger.Instance);
        Assert.True(box.IsWanted(1));
        box.Take(Anchor(1000));
        Assert.Equal((false, true, true), (box.IsWanted(1000 - PhalaPhatContracts.VotesKept), box.IsWanted(1001 - PhalaPhatContracts.VotesKept), box.IsWanted(1001)));
    }

    /// <summary>One more block, and what the worker wants to know of it.</summary>
    private static void Next(WorkerWorld world, TestRelayer relayer)
    {
        world.Pallets.Seal();
        relayer.Advance(world.Chain, world.Chain.Height);
        relayer.Deliver(world.Chain);
    }

    private static SignedClusterReport Report(ulong count) => new(new ClusterReport(Cluster, new QueueHead(count, default), default, default, default, default), default, default);

    private static ClusterAnchor Anchor(ulong count) => new(new QueueHead(count, default), default, default, Report(count).Report.Hash(), 1);
}
