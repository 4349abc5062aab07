using Phala.Cli.Dev;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Client.Clusters;
using Phala.Client.Verification;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Worker.Interface.Contracts;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>A worker and a copy of it run at the same time. The chain has one session: of the one that claimed it last.</summary>
public sealed class CloneTests
{
    private const int Patience = 600_000, Copied = 1, Commands = 50;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task Of_a_worker_and_its_copy_the_one_that_started_last_serves_and_nothing_diverges()
    {
        await TestNetwork.RunAsync(2, async network =>
        {
            // Every entry needs both members: one of them is the worker or its copy.
            await TestNetwork.SendAsync(network, network.Alice, new PhalaPhatContracts.SetReportQuorum(DevVault.Cluster, 2));
            using CommandLoad load = await CommandLoad.PrepareAsync(network);
            await load.RunAsync(Commands, Task.CompletedTask);
            AddedWorker original = AddedWorker.Own(network, Copied);
            Sr25519PublicKey first = await SessionAsync(network, default);

            AddedWorker clone = AddedWorker.Start(network, "clone", original);
            Assert.Equal(await original.IdentityAsync(network), await clone.IdentityAsync(network));
            network.Processes.StartRelayer("second relayer", [(clone.Private, clone.Public)], "Eve");
            Sr25519PublicKey second = await SessionAsync(network, first);
            Assert.Equal("stopped: SessionSuperseded", await original.ServesAsync(network, serves: false));
            await clone.ServesAsync(network, serves: true);
            await clone.IsNamedAsync(network);
            await AssertRefusedAsync(network, original);
            await load.RunAsync(load.Ledger.Receipts.Count + Commands, Task.CompletedTask);
            await ExactlyOnce.AssertAsync(network, load, quorum: 2, members: 2);

            await network.Processes.RestartAsync(DevProcesses.WorkerName(Copied));
            await SessionAsync(network, second);
            Assert.Equal("stopped: SessionSuperseded", await clone.ServesAsync(network, serves: false));
            await original.ServesAsync(network, serves: true);
            await original.IsNamedAsync(network);
            await load.RunAsync(load.Ledger.Receipts.Count + Commands, Task.CompletedTask);
            await ExactlyOnce.AssertAsync(network, load, quorum: 2, members: 2);
        });
    }

    /// <summary>The session of the copied worker, as soon as the chain has another than one before.</summary>
    private static async Task<Sr25519PublicKey> SessionAsync(DevNetwork network, Sr25519PublicKey before)
    {
        Sr25519PublicKey now = default;
        await TestNetwork.UntilAsync(network, HeadKind.Finalized, async (chain, head) =>
        {
            now = (await chain.Storage.GetAsync(PhalaRegistry.Sessions, network.Workers[Copied], head.Hash(), Stop)).Require().SigningKey;
            return now != before;
        });
        return now;
    }

    /// <summary>The older one does not answer, even where it is asked by the session that it has.</summary>
    private static async Task AssertRefusedAsync(DevNetwork network, AddedWorker original)
    {
        using VerifiedChain verified = (await VerifiedChain.StartAsync(network.Chain, Stop)).Require();
        using ClusterClient cluster = new(network.Chain, verified, network.Http, DevVault.Cluster);
        ClusterMember member = (await cluster.FactsAsync(Stop)).Require().Members.Single(member => member.Identity == network.Workers[Copied]);
        ClientResult<VerifiedAnswer> answer = await cluster.AskAsync(member with { Address = original.Public }, DevVault.Id, VaultCalls.List(), network.Alice, Stop);
        Assert.False(answer.IsOk);
    }
}
