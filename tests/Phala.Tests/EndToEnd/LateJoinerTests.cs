using Phala.Cli.Dev;
using Phala.Client.Transactions;
using Phala.Runtime.Interface;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>A worker that executes everything again is the oracle of those that executed it when it came.</summary>
public sealed class LateJoinerTests
{
    private const int Patience = 600_000, Commands = 200;

    [Fact(Timeout = Patience)]
    public async Task A_worker_that_joins_late_comes_to_the_same_state_by_replay()
    {
        await TestNetwork.RunAsync(2, async network =>
        {
            using AccountSigner eve = AccountSigner.Development("Eve");
            using CommandLoad load = await CommandLoad.PrepareAsync(network);
            await load.RunAsync(Commands, Task.CompletedTask);
            AddedWorker third = AddedWorker.Start(network, "worker 3");
            network.Processes.StartRelayer("second relayer", [(third.Private, third.Public)], "Eve");
            await third.JoinAsync(network, eve);
            await third.ServesAsync(network, serves: true);
            await ExactlyOnce.AssertAsync(network, load, quorum: 1, members: 3);

            // From here on nothing is anchored that the three do not report alike.
            await TestNetwork.SendAsync(network, network.Alice, new PhalaPhatContracts.SetReportQuorum(DevVault.Cluster, 3));
            ulong before = load.Ledger.Anchors.Keys.Max();
            await load.RunAsync(load.Ledger.Receipts.Count + Commands, Task.CompletedTask);
            await ExactlyOnce.AssertAsync(network, load, quorum: 1, members: 3);
            Assert.Equal(3u, load.Ledger.Anchors[load.Ledger.Anchors.Keys.Max()].Members);
            Assert.True(load.Ledger.Anchors.Keys.Max() > before);
        });
    }
}
