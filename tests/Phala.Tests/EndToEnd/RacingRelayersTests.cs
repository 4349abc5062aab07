using Phala.Cli.Dev;
using Phala.Client.Blocks;
using Phala.Client.Transactions;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>Two relayers, each with an account of its own, serve the same workers.</summary>
public sealed class RacingRelayersTests(ITestOutputHelper output)
{
    private const int Patience = 600_000, Commands = 300;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task Two_relayers_bring_everything_once_and_neither_pays_for_what_the_chain_has()
    {
        await TestNetwork.RunAsync(2, async network =>
        {
            await TestNetwork.SendAsync(network, network.Alice, new PhalaPhatContracts.SetReportQuorum(DevVault.Cluster, 2));
            using CommandLoad load = await CommandLoad.PrepareAsync(network);
            using AccountSigner eve = AccountSigner.Development("Eve"), ferdie = AccountSigner.Development("Ferdie"), dave = AccountSigner.Development("Dave");
            await NoteEndpointsAsync(network);
            (uint first, uint second) before = (await PaidAsync(network, ferdie), await PaidAsync(network, eve));
            network.Processes.StartRelayer("second relayer", [.. Enumerable.Range(0, 2).Select(at => (network.Ports.PrivateWorker(at), network.Ports.PublicWorker(at)))], "Eve");
            await load.RunAsync(Commands, Task.CompletedTask);
            await ExactlyOnce.AssertAsync(network, load, quorum: 2, members: 2);
            Assert.Empty(load.Ledger.BroughtTwice);
            Assert.Equal(before, (await PaidAsync(network, ferdie), await PaidAsync(network, eve)));

            // What has to be paid for: a third worker's registration and endpoint. Each relayer may bring them before it sees that the other has; the chain takes them from one, and the other keeps its fee.
            AddedWorker third = AddedWorker.Start(network, "worker 3");
            foreach (string payer in (string[])["Dave", "Eve"]) network.Processes.StartRelayer($"relayer of {payer}", [(third.Private, third.Public)], payer);
            uint earlier = await PaidAsync(network, dave) + await PaidAsync(network, eve);
            await NoteEndpointAsync(network, await third.IdentityAsync(network));
            uint paid = await PaidAsync(network, dave) + await PaidAsync(network, eve) - earlier;
            output.WriteLine($"{paid} transactions were paid for to register one worker and its endpoint");
            Assert.Equal(2u, paid);
        });
    }

    /// <summary>How many transactions an account has paid for.</summary>
    private static async Task<uint> PaidAsync(DevNetwork network, AccountSigner payer) => (await network.Chain.Storage.GetAsync(FrameSystem.Account, payer.Account, stop: Stop)).Require().Nonce;

    private static async Task NoteEndpointsAsync(DevNetwork network)
    {
        foreach (Sr25519PublicKey worker in network.Workers) await NoteEndpointAsync(network, worker);
    }

    private static Task NoteEndpointAsync(DevNetwork network, Sr25519PublicKey worker) =>
        TestNetwork.UntilAsync(network, HeadKind.Finalized, async (chain, head) => (await chain.Storage.RawAsync(PhalaRegistry.Endpoints.Key(worker), head.Hash(), Stop)).Require() is not null);
}
