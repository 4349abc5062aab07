using Phala.Client;
using Phala.Codec;
using Phala.Relayer.Metrics;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Workers;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Relayer;

/// <summary>A relayer between a node and a worker: what it does, killed or doubled or alone.</summary>
public sealed class RelayerTests
{
    private const int Patience = 240_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task AWorkerIsBegunRegisteredRecordedAndKeptUp()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        (RelayerMetrics metrics, Task running) = network.Relay(end.Token);
        await network.UntilAsync(() => IsServedAsync(network));
        await network.UntilAsync(async () => (await EndpointAsync(network)) is not null);
        uint at = network.Status.Head.Number;
        await network.UntilAsync(() => network.Status.Head.Number > at && network.Status.Streams[0].Applied == network.Status.Queue);

        string text = metrics.Write();
        Assert.Contains("phala_relayer_included_total{kind=\"registration\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("phala_relayer_included_total{kind=\"session\"}", text, StringComparison.Ordinal);
        Assert.Contains("phala_relayer_lag_blocks", text, StringComparison.Ordinal);
        Assert.True(metrics.IsConnected && metrics.Workers.Values.All(answers => answers));
        await end.CancelAsync();
        await running;
    }

    [Fact(Timeout = Patience)]
    public async Task KilledAtAnyMomentAndStartedAgainItGoesOn()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        Random random = new(3);
        bool isLaunched = false;
        for (int killed = 0; killed < 12; killed++)
        {
            using CancellationTokenSource kill = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            (_, Task running) = network.Relay(kill.Token);
            int blocks = random.Next(1, 4);
            await network.UntilAsync(() => blocks-- <= 0);
            await kill.CancelAsync();
            await running;
            if (isLaunched || !await IsServedAsync(network)) continue;
            isLaunched = true;
            await network.SudoAsync(new PhalaRegistry.RegisterGatekeeper(network.Status.Identity));
        }

        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        (_, Task last) = network.Relay(end.Token);
        await network.UntilAsync(() => IsServedAsync(network));
        if (!isLaunched) await network.SudoAsync(new PhalaRegistry.RegisterGatekeeper(network.Status.Identity));
        await MasterKeyAsync(network);

        // The message with the key came once, whoever carried it.
        Assert.Equal(1ul, (await network.Chain.Storage.GetAsync(PhalaMq.OffchainIngress, new MessageOrigin.Worker(network.Status.Identity), null, Stop)).Require());
        await end.CancelAsync();
        await last;
    }

    [Fact(Timeout = Patience)]
    public async Task TwoAtOnceBringAClusterToItsFirstReport()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        (RelayerMetrics first, Task one) = network.Relay(end.Token);
        (RelayerMetrics second, Task two) = network.Relay(end.Token, "Eve");
        await network.UntilAsync(() => IsServedAsync(network));
        await network.SudoAsync(new PhalaRegistry.RegisterGatekeeper(network.Status.Identity));
        await MasterKeyAsync(network);
        await network.SudoAsync(new PhalaPhatContracts.AddCluster(
            Actor.Alice.Account, new ClusterAccess.Public(), [network.Status.Identity], (UInt128)100 * Balances.Pha, 1, 0, 0, Actor.Alice.Account));
        Hash256 cluster = ContractId.OfCluster(1);
        await network.UntilAsync(async () => (await network.Chain.Storage.RawAsync(PhalaPhatContracts.ClusterAnchors.Key(cluster), null, Stop)).Require() is not null);
        await network.UntilAsync(() => network.Status.Streams.Length == 2 && network.Status.Streams.ToArray().All(stream => stream.State == StreamState.Running && stream.Applied == network.Status.Queue));

        // That the chain has what it sent, the worker knows by the proofs that come with the blocks.
        await network.UntilAsync(() => network.Status.Needs is { PendingMessages: 0, PendingReports: 0, Endpoint: false });
        await end.CancelAsync();
        await Task.WhenAll(one, two);
        Assert.All((RelayerMetrics[])[first, second], metrics => Assert.Contains("phala_relayer_worker_block", metrics.Write(), StringComparison.Ordinal));
    }

    [Fact(Timeout = Patience)]
    public async Task AWorkerThatStartsAgainIsRecordedAgain()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        (_, Task running) = network.Relay(end.Token);
        await network.UntilAsync(() => IsServedAsync(network));
        Sr25519PublicKey before = network.Status.Session;
        await end.CancelAsync();
        await running;
        await network.StopWorkerAsync();
        await network.StartWorkerAsync();
        Assert.NotEqual(before, network.Status.Session);

        using CancellationTokenSource again = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        (RelayerMetrics metrics, Task other) = network.Relay(again.Token);
        await network.UntilAsync(() => IsServedAsync(network));
        Assert.DoesNotContain("kind=\"registration\"", metrics.Write(), StringComparison.Ordinal);
        await again.CancelAsync();
        await other;
    }

    [Fact(Timeout = Patience)]
    public async Task AWorkerOfAnotherChainIsLeftAlone()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        QueueChain other = QueueChain.Create(mark: 3);
        Assert.Equal(SyncOutcome.Taken, network.Worker.Core.Begin(new GenesisInfo(other.Blocks[0].Header, Vec.Create<byte>(other.GenesisProof()), QueueSource.Queue, default)).Outcome);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        (RelayerMetrics metrics, Task running) = network.Relay(end.Token);
        await network.UntilAsync(() => metrics.Write().Contains(nameof(ClientError.WrongGenesis), StringComparison.Ordinal));
        Assert.Equal(0u, network.Status.Head.Number);
        await end.CancelAsync();
        await running;
    }

    [Fact(Timeout = Patience)]
    public async Task HealthTellsWhoDoesNotAnswer()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using HttpClient http = new();
        (RelayerMetrics metrics, Task running) = network.Relay(end.Token, worker: new Uri("http://127.0.0.1:1/"));
        await network.UntilAsync(() => metrics.Workers.Values.Any(answers => !answers));
        Assert.True(metrics.IsConnected);
        await end.CancelAsync();
        await running;
        Assert.False(metrics.IsConnected);
    }

    private static async Task<bool> IsServedAsync(RelayedNetwork network)
    {
        SyncStatus status = network.Status;
        byte[]? found = (await network.Chain.Storage.RawAsync(PhalaRegistry.Sessions.Key(status.Identity), null, Stop)).Require();
        return found is not null && Scale.Decode<SessionRecord>(found).Value!.SigningKey == status.Session && !status.Needs.SessionClaim && !status.Needs.Registration;
    }

    private static async Task<byte[]?> EndpointAsync(RelayedNetwork network) => (await network.Chain.Storage.RawAsync(PhalaRegistry.Endpoints.Key(network.Status.Identity), null, Stop)).Require();

    private static Task MasterKeyAsync(RelayedNetwork network) =>
        network.UntilAsync(async () => (await network.Chain.Storage.RawAsync(PhalaRegistry.GatekeeperMasterPubkey.Prefix.ToArray(), null, Stop)).Require() is not null);
}
