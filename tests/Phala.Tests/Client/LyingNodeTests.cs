using System.Text;
using System.Text.Json;
using Phala.Chain;
using Phala.Cli.Dev;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Contracts;
using Phala.Client.Transactions;
using Phala.Client.Verification;
using Phala.Codec;
using Phala.Tests.Relayer;
using Phala.Trie;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>A client with a node that lies: it may be kept from answers, and never believes a wrong one.</summary>
public sealed class LyingNodeTests
{
    private const int Patience = 240_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task NoLieIsBelieved()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        (_, Task running) = network.Relay(end.Token);
        using AccountSigner alice = AccountSigner.Development("Alice"), eve = AccountSigner.Development("Eve");
        await PrepareAsync(network, alice);
        using HttpClient http = new(new ToWorker(network.WorkerAddress));

        ClusterFacts facts = await HonestAsync(network, http, alice, eve);
        string commandKey = Text(facts.CommandKey.AsSpan()), session = Text(facts.Members[0].Session.SigningKey.AsSpan());
        Assert.True(facts.Anchor.TryGet(out var anchor));
        string root = Text(anchor.StateRoot.AsSpan()), other = new('5', 64);

        // Every value that a client takes from a proof is swapped for another in turn.
        await RefusedAsync("the cluster's key", network, http, alice, node => node.Tell = (_, result) => result.Replace(commandKey, other, StringComparison.Ordinal));
        await RefusedAsync("the session", network, http, alice, node => node.Tell = (_, result) => result.Replace(session, other, StringComparison.Ordinal));
        await RefusedAsync("the anchor", network, http, alice, node => node.Tell = (_, result) => result.Replace(root, other, StringComparison.Ordinal));
        await RefusedAsync("proofs of an older block", network, http, alice, node => node.Ask = (method, parameters) => method == "state_getReadProof" ? AtGenesis(parameters, network.Chain.Genesis) : parameters);
        await RefusedAsync("proofs with a part left out", network, http, alice, node => node.Tell = (method, result) => method == "state_getReadProof" ? WithoutOne(result) : result);
        await RefusedAsync("a changed justification", network, http, alice, node => node.Tell = (method, result) => method == "pha_getFinalityChain" ? Flipped(result, result.Length / 2) : result);
        await RefusedAsync("a changed header", network, http, alice, node => node.Tell = (method, result) => method == "pha_getFinalityChain" ? Flipped(result, 16) : result);
        await end.CancelAsync();
        await running;
    }

    [Fact(Timeout = Patience)]
    public async Task ANodeThatHidesNewerBlocksIsFoundOut()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        (_, Task running) = network.Relay(end.Token);
        using AccountSigner alice = AccountSigner.Development("Alice");
        await PrepareAsync(network, alice);
        using HttpClient http = new(new ToWorker(network.WorkerAddress));
        await using LyingNode node = new(network.NodeAddress);
        string? frozen = null;
        node.Tell = (method, result) => method == "pha_getFinalityChain" ? frozen ??= result : result;
        LateClock clock = new();
        await using ChainClient chain = (await ChainClient.ConnectAsync(node.Address, stop: Stop)).Require();
        using VerifiedChain verified = (await VerifiedChain.StartAsync(chain, Stop)).Require();
        using ClusterClient cluster = new(chain, verified, http, DevVault.Cluster, new ClusterOptions { Time = clock });
        Assert.True((await cluster.FactsAsync(Stop)).IsOk);
        clock.Offset = TimeSpan.FromMinutes(2);
        ClientResult<Vec<string>> answer = await new VaultClient(cluster.Contract(DevVault.Id)).ListAsync(alice, Stop);
        Assert.Equal(ClientError.NotVerified, answer.Failure?.Error);
        await end.CancelAsync();
        await running;
    }

    private static async Task PrepareAsync(RelayedNetwork network, AccountSigner alice)
    {
        DevSetup setup = new(network.Chain, alice);
        await setup.RecordedAsync([network.Status.Identity], Stop);
        await setup.LaunchGatekeeperAsync(network.Status.Identity, Stop);
        await setup.MakeClusterAsync([network.Status.Identity], Stop);
        await setup.MakeVaultAsync(Stop);
    }

    /// <summary>With an honest node everything succeeds: what fails afterwards fails because of the lie.</summary>
    private static async Task<ClusterFacts> HonestAsync(RelayedNetwork network, HttpClient http, AccountSigner alice, AccountSigner eve)
    {
        using VerifiedChain verified = (await VerifiedChain.StartAsync(network.Chain, Stop)).Require();
        using ClusterClient cluster = new(network.Chain, verified, http, DevVault.Cluster);
        VaultClient vault = new(cluster.Contract(DevVault.Id));
        VerifiedReceipt receipt = (await vault.StoreAsync(alice, "name", "secret"u8.ToArray(), Stop)).Require();
        Assert.True(receipt.IsSuccess);
        Assert.Equal(ReceiptVerdict.Verified, ReceiptVerifier.Verify(receipt.File, network.Chain.Genesis, out _));
        VaultAnswer<Vec<byte>> own = (await vault.ReadAsync(alice, alice.Account, "name", Stop)).Require(), others = (await vault.ReadAsync(eve, alice.Account, "name", Stop)).Require();
        Assert.Equal("secret", Encoding.UTF8.GetString(own.Value.AsSpan()));
        Assert.Equal(Phala.Worker.Interface.Contracts.VaultError.NotAllowed, others.Error);
        return (await cluster.FactsAsync(Stop)).Require();
    }

    private static async Task RefusedAsync(string lie, RelayedNetwork network, HttpClient http, AccountSigner alice, Action<LyingNode> begin)
    {
        await using LyingNode node = new(network.NodeAddress);
        await using ChainClient chain = (await ChainClient.ConnectAsync(node.Address, stop: Stop)).Require();
        using VerifiedChain verified = (await VerifiedChain.StartAsync(chain, Stop)).Require();
        using ClusterClient cluster = new(chain, verified, http, DevVault.Cluster);
        begin(node);
        ClientResult<ClusterFacts> facts = await cluster.FactsAsync(Stop);
        Assert.True(!facts.IsOk, $"{lie}: the client believed it");
        Assert.True(facts.Failure!.Error is ClientError.NotProven or ClientError.UnexpectedAnswer, $"{lie}: {facts.Failure}");
        ClientResult<Vec<string>> answer = await new VaultClient(cluster.Contract(DevVault.Id)).ListAsync(alice, Stop);
        Assert.True(!answer.IsOk, $"{lie}: the client believed an answer");
        Assert.True(node.Lies > 0, $"{lie}: it was never told");
    }

    private static JsonElement AtGenesis(JsonElement parameters, Hash256 genesis) => JsonSerializer.SerializeToElement(new object?[] { parameters[0], "0x" + Text(genesis.AsSpan()) });

    private static string WithoutOne(string result)
    {
        using JsonDocument proof = JsonDocument.Parse(result);
        string[] nodes = [.. proof.RootElement.GetProperty("proof").EnumerateArray().Select(node => node.GetString()!)];
        string longest = nodes.MaxBy(node => node.Length)!;
        return JsonSerializer.Serialize(new { at = proof.RootElement.GetProperty("at").GetString(), proof = nodes.Where(node => node != longest) });
    }

    private static string Flipped(string text, int at) => text[..at] + (text[at] == '0' ? '1' : '0') + text[(at + 1)..];

    private static string Text(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>Leads what is sent to a worker's registered address to where it listens.</summary>
    private sealed class ToWorker(Uri worker) : DelegatingHandler(new HttpClientHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(worker, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class LateClock : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
    }
}
