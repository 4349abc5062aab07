using Phala.Runtime.Interface.Clusters;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>What a run of the partition law has covered.</summary>
internal sealed class PartitionTally
{
    private readonly HashSet<Hash256> _roots = [];
    private readonly HashSet<NotExecuted> _reasons = [];
    private readonly Dictionary<Cutting, int> _deliveries = [];
    private int _reports, _executed, _notExecuted, _messages, _kills, _again;

    public int Commands { get; set; }

    public void Count(PartitionedWorker[] workers)
    {
        PartitionedWorker first = workers[0];
        _reports += first.Reports.Count;
        _messages += first.Egress.Count;
        foreach (ClusterReport report in first.Reports.Values)
        {
            _roots.Add(report.StateRoot);
            foreach (Receipt receipt in report.Receipts)
            {
                if (receipt.Status is ReceiptStatus.NotExecuted reason) _reasons.Add(reason.Reason);
                if (receipt.Status is ReceiptStatus.NotExecuted) _notExecuted++;
                else _executed++;
            }
        }

        foreach (PartitionedWorker worker in workers)
        {
            _deliveries[worker.Cutting] = _deliveries.GetValueOrDefault(worker.Cutting) + worker.Deliveries;
            _kills += worker.Kills;
            _again += worker.ReportedAgain;
        }
    }

    public void AssertVaried(int chains)
    {
        Assert.True(_roots.Count > 3 * chains && _executed > 3 * chains && _messages > chains, "The chains do too little.");
        Assert.True(_kills > 2 * chains, "Too few kills.");
        Assert.Superset(new HashSet<NotExecuted> { NotExecuted.Expired, NotExecuted.NonceUsed }, _reasons);
        Assert.True(_deliveries[Cutting.EveryBlock] > _deliveries[Cutting.AtRandom] && _deliveries[Cutting.AtRandom] > _deliveries[Cutting.OneJump], "All are cut alike.");
    }

    public override string ToString() =>
        $"{Commands} commands, {_executed} executed, {_notExecuted} not ({string.Join(", ", _reasons.Order())}), {_reports} reports, {_roots.Count} distinct roots, {_messages} messages, {_kills} kills, {_again} reports again, deliveries {string.Join(", ", _deliveries)}";
}
