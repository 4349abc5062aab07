using Phala.Chain.Extrinsics;
using Phala.Cli.Dev;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Client.Clusters;
using Phala.Client.Transactions;
using Phala.Client.Verification;
using Phala.Client.Workers;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Shapes;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>A member is removed from a cluster.</summary>
public sealed class RemovedWorkerTests
{
    private const int Patience = 600_000, Removed = 1, Commands = 50;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task A_removed_worker_has_nothing_of_the_cluster_and_no_say_in_it_and_the_others_go_on()
    {
        await TestNetwork.RunAsync(2, async network =>
        {
            using CommandLoad load = await CommandLoad.PrepareAsync(network);
            await load.RunAsync(Commands, Task.CompletedTask);
            AddedWorker worker = AddedWorker.Own(network, Removed);
            ClusterMember member = await MemberAsync(network);
            (await new WorkerClient(network.Http, worker.Private).CallAsync<Empty, SyncedTo>(PrpcMethods.TakeCheckpoint, new Empty(), Stop)).Require();
            Assert.NotEmpty(Directory.GetFiles(worker.Folder, "cluster-*", SearchOption.AllDirectories));

            // Two reports that nobody has brought to the chain. One comes while the worker is a member, the other afterwards.
            await network.Processes.Named(DevProcesses.RelayerName).KillAsync();
            SignedClusterReport[] reports = await UnreportedAsync(network, worker);
            Assert.Null((await ReportAsync(network, reports[0])).Failure);
            await TestNetwork.SendAsync(network, network.Alice, new PhalaPhatContracts.RemoveWorkerFromCluster(network.Workers[Removed], DevVault.Cluster));
            ClientFailure? refused = (await ReportAsync(network, reports[1])).Failure;
            Assert.Equal(ClientError.Refused, refused?.Error);
            Assert.Contains($"Custom error: {(byte)PhalaPhatContracts.Error.InvalidReport}", refused!.Data, StringComparison.Ordinal);

            await network.Processes.RestartAsync(DevProcesses.RelayerName);
            Assert.Equal("no cluster is executed up to the head", await worker.ServesAsync(network, serves: false));
            Assert.Equal(0u, (await worker.InfoAsync(network)).System!.NumberOfClusters);
            Assert.Empty(Directory.GetFiles(worker.Folder, "cluster-*", SearchOption.AllDirectories));
            Assert.Empty(await new HandFeed(network, worker).ReportsAsync());
            Assert.False((await AskAsync(network, member)).IsOk);

            await load.RunAsync(load.Ledger.Receipts.Count + Commands, Task.CompletedTask);
            await ExactlyOnce.AssertAsync(network, load, quorum: 1, members: 1);
        });
    }

    /// <summary>Sends two commands in two blocks, and lets the worker alone execute them.</summary>
    private static async Task<SignedClusterReport[]> UnreportedAsync(DevNetwork network, AddedWorker worker)
    {
        using VerifiedChain verified = (await VerifiedChain.StartAsync(network.Chain, Stop)).Require();
        using ClusterClient cluster = new(network.Chain, verified, network.Http, DevVault.Cluster);
        List<ulong> counts = [];
        foreach (string name in (string[])["first", "second"])
        {
            using SentCommand sent = (await cluster.Contract(DevVault.Id).SendAsync(network.Alice, VaultCalls.Store(name, "secret"u8), null, Stop)).Require();
            counts.Add(sent.Id.Count);
        }

        HandFeed feed = new(network, worker);
        await TestNetwork.UntilAsync(network, HeadKind.Finalized, async (_, _) => (await feed.BringAsync()).Queue.Count >= counts[^1]);
        SignedClusterReport[] reports = await feed.ReportsAsync();
        return [.. counts.Select(count => Assert.Single(reports, report => report.Report.Queue.Count == count))];
    }

    private static async Task<ClientResult<TransactionResult>> ReportAsync(DevNetwork network, SignedClusterReport report)
    {
        OpaqueExtrinsic transaction = Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(new PhalaPhatContracts.ReportEntry(report))));
        if (!(await network.Chain.Transactions.WatchAsync(transaction, Stop)).TryGet(out TransactionWatch? watch, out ClientFailure? failure)) return failure;
        await using (watch) return await watch.FinalizedAsync(Stop);
    }

    private static async Task<ClusterMember> MemberAsync(DevNetwork network)
    {
        using VerifiedChain verified = (await VerifiedChain.StartAsync(network.Chain, Stop)).Require();
        using ClusterClient cluster = new(network.Chain, verified, network.Http, DevVault.Cluster);
        ClusterMember member = (await cluster.FactsAsync(Stop)).Require().Members.Single(member => member.Identity == network.Workers[Removed]);
        Assert.True((await cluster.AskAsync(member, DevVault.Id, VaultCalls.List(), network.Alice, Stop)).IsOk);
        return member;
    }

    private static async Task<ClientResult<VerifiedAnswer>> AskAsync(DevNetwork network, ClusterMember member)
    {
        using VerifiedChain verified = (await VerifiedChain.StartAsync(network.Chain, Stop)).Require();
        using ClusterClient cluster = new(network.Chain, verified, network.Http, DevVault.Cluster);
        return await cluster.AskAsync(member, DevVault.Id, VaultCalls.List(), network.Alice, Stop);
    }
}
