using Phala.Cli.Dev;
using Phala.Client.Blocks;
using Phala.Client.Transactions;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>Workers that were lost to the chain, or the chain to them, come back into service.</summary>
public sealed class ReregistrationTests
{
    private const int Patience = 600_000, Lost = 1, Commands = 50;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task A_worker_without_its_data_is_registered_as_another_and_comes_to_the_same_state()
    {
        await LoadedAsync(async (network, load, worker, ferdie) =>
        {
            Sr25519PublicKey before = network.Workers[Lost];
            await network.Processes.Named(DevProcesses.WorkerName(Lost)).KillAsync();
            Directory.Delete(worker.Folder, recursive: true);
            await network.Processes.RestartAsync(DevProcesses.WorkerName(Lost));
            Assert.NotEqual(before, await worker.IdentityAsync(network));
            await TestNetwork.SendAsync(network, network.Alice, new PhalaPhatContracts.RemoveWorkerFromCluster(before, DevVault.Cluster));
            await worker.JoinAsync(network, ferdie);
            await worker.ServesAsync(network, serves: true);
        });
    }

    [Fact(Timeout = Patience)]
    public async Task A_worker_that_was_removed_joins_again_in_the_same_session()
    {
        await LoadedAsync(async (network, load, worker, ferdie) =>
        {
            await TestNetwork.SendAsync(network, network.Alice, new PhalaPhatContracts.RemoveWorkerFromCluster(network.Workers[Lost], DevVault.Cluster));
            await worker.ServesAsync(network, serves: false);
            await worker.JoinAsync(network, ferdie);
            await worker.ServesAsync(network, serves: true);
        });
    }

    [Fact(Timeout = Patience)]
    public async Task A_worker_whose_program_is_allowed_again_comes_back_with_a_new_session()
    {
        await LoadedAsync(async (network, load, worker, _) =>
        {
            SessionRecord session = (await network.Chain.Storage.GetAsync(PhalaRegistry.Sessions, network.Workers[Lost], stop: Stop)).Require();
            await TestNetwork.SudoAsync(network, new PhalaRegistry.RemovePruntime(session.Measurement));
            await network.Processes.RestartAsync(DevProcesses.WorkerName(Lost));
            string key = (await worker.InfoAsync(network)).SessionKey!;
            Assert.NotEqual(Convert.ToHexStringLower(session.SigningKey.AsSpan()), key);

            // While the program is not allowed, nobody's reports count, and the session stays as it was. Commands wait.
            Task waiting = load.RunAsync(load.Ledger.Receipts.Count + Commands, Task.CompletedTask);
            Assert.Equal(session.SigningKey, (await network.Chain.Storage.GetAsync(PhalaRegistry.Sessions, network.Workers[Lost], stop: Stop)).Require().SigningKey);
            Assert.Equal("no session on the chain", await worker.ServesAsync(network, serves: false));

            await TestNetwork.SudoAsync(network, new PhalaRegistry.AddPruntime(session.Measurement));
            await waiting;
            await TestNetwork.UntilAsync(network, HeadKind.Finalized, async (chain, head) =>
                Convert.ToHexStringLower((await chain.Storage.GetAsync(PhalaRegistry.Sessions, network.Workers[Lost], head.Hash(), Stop)).Require().SigningKey.AsSpan()) == key);
            await worker.ServesAsync(network, serves: true);
        });
    }

    /// <summary>A network under load, in which something is done to one of two workers; in the end both execute.</summary>
    private static Task LoadedAsync(Func<DevNetwork, CommandLoad, AddedWorker, AccountSigner, Task> act) => TestNetwork.RunAsync(2, async network =>
    {
        using AccountSigner ferdie = AccountSigner.Development("Ferdie");
        using CommandLoad load = await CommandLoad.PrepareAsync(network);
        await load.RunAsync(Commands, Task.CompletedTask);
        await act(network, load, AddedWorker.Own(network, Lost), ferdie);
        await AssertBothAsync(network, load);
    });

    /// <summary>From here on nothing is anchored that both do not report alike.</summary>
    private static async Task AssertBothAsync(DevNetwork network, CommandLoad load)
    {
        await ExactlyOnce.AssertAsync(network, load, quorum: 1, members: 2);
        await TestNetwork.SendAsync(network, network.Alice, new PhalaPhatContracts.SetReportQuorum(DevVault.Cluster, 2));
        await load.RunAsync(load.Ledger.Receipts.Count + Commands, Task.CompletedTask);
        await ExactlyOnce.AssertAsync(network, load, quorum: 1, members: 2);
        Assert.Equal(2u, load.Ledger.Anchors[load.Ledger.Anchors.Keys.Max()].Members);
    }
}
