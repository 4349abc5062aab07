using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Receipts;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

public sealed class WholePathTests
{
    private static readonly Phala.Chain.AccountId Alice = ClusterWorld.Account("alice");

    [Fact]
    public void A_command_goes_from_the_chain_through_two_workers_and_comes_back_as_one_report()
    {
        WorkerWorld world = new WorkerWorld().BeginCluster();
        foreach (TestWorker worker in world.Workers)
        {
            SyncStatus status = worker.Status;
            Assert.Equal(StreamState.Running, status.Streams[1].State);
            Assert.Equal(status.Queue, status.Streams[1].Applied);
            Assert.False(status.Needs.Registration);
            Assert.False(status.Needs.SessionClaim);
            Assert.Null(worker.Core.View.NotServing);
        }

        using X25519KeyPair reply = X25519KeyPair.Derive(ClusterWorld.Bytes("reply"));
        world.Store(Alice, "door", 42, reply);
        world.Settle();

        (_, ulong count) = world.Pallets.Reports.Keys.MaxBy(key => key.Count);
        SignedClusterReport[] reports = [.. world.Pallets.Reports[(WorkerWorld.Cluster, count)]];
        Assert.Equal(2, reports.Length);
        Assert.Equal(reports[0].Report, reports[1].Report);
        Receipt receipt = Assert.Single(reports[0].Report.Receipts.ToArray());
        Assert.IsType<ReceiptStatus.Executed>(receipt.Status);
        Assert.Equal(EnvelopeError.None, ReceiptEnvelope.TryOpen(ReceiptContext.Of(world.Chain.Genesis, WorkerWorld.Cluster, receipt), reply, receipt, out SealedOutcome? opened));
        Assert.Equal(OutcomeStatus.Succeeded, Assert.IsType<SealedOutcome.Whole>(opened).Outcome.Status);
        Assert.All(world.Workers, worker => Assert.Equal(0u, worker.Status.Needs.PendingReports));
        Assert.All(world.Workers, worker => Assert.Equal(0u, worker.Status.Needs.PendingMessages));
    }

}
