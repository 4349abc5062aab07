using System.Text;
using Phala.Cli.Dev;
using Phala.Client.Clusters;
using Phala.Client.Contracts;
using Phala.Client.Transactions;
using Phala.Client.Verification;
using Phala.Tests.Relayer;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>The vault, by a client over a node, a relayer and a worker.</summary>
public sealed class VaultClientTests
{
    private const int Patience = 240_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task SecretsAreStoredGrantedReadRevokedAndForgotten()
    {
        await using RelayedNetwork network = await RelayedNetwork.StartAsync();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        (_, Task running) = network.Relay(end.Token);
        using AccountSigner alice = AccountSigner.Development("Alice"), bob = AccountSigner.Development("Bob");
        await PrepareAsync(network, alice);
        using HttpClient http = new(new ToWorker(network.WorkerAddress));
        using VerifiedChain verified = (await VerifiedChain.StartAsync(network.Chain, Stop)).Require();
        using ClusterClient cluster = new(network.Chain, verified, http, DevVault.Cluster);
        VaultClient vault = new(cluster.Contract(DevVault.Id));

        VerifiedReceipt stored = (await vault.StoreAsync(alice, "name", "secret"u8.ToArray(), Stop)).Require();
        Assert.True(stored.IsSuccess);
        Assert.Equal(ReceiptVerdict.Verified, ReceiptVerifier.Verify(stored.File, network.Chain.Genesis, out _));
        Assert.Equal(VaultError.NotAllowed, (await vault.ReadAsync(bob, alice.Account, "name", Stop)).Require().Error);
        Assert.True((await vault.GrantAsync(alice, "name", bob.Account, Stop)).Require().IsSuccess);
        Assert.Equal("secret", Encoding.UTF8.GetString((await vault.ReadAsync(bob, alice.Account, "name", Stop)).Require().Value.AsSpan()));
        Assert.Equal([bob.Account], (await vault.ReadersAsync(alice, "name", Stop)).Require().Value.ToArray());
        Assert.True((await vault.RevokeAsync(alice, "name", bob.Account, Stop)).Require().IsSuccess);
        Assert.Equal(VaultError.NotAllowed, (await vault.ReadAsync(bob, alice.Account, "name", Stop)).Require().Error);
        Assert.Equal(["name"], (await vault.ListAsync(alice, Stop)).Require().ToArray());
        Assert.True((await vault.RemoveAsync(alice, "name", Stop)).Require().IsSuccess);
        VerifiedReceipt again = (await vault.RemoveAsync(alice, "name", Stop)).Require();
        Assert.Equal((OutcomeStatus.Reverted, VaultError.NoSuchSecret), (again.Outcome!.Status, VaultClient.ErrorOf(again)));
        Assert.Empty((await vault.ListAsync(alice, Stop)).Require().ToArray());
        await end.CancelAsync();
        await running;
    }

    private static async Task PrepareAsync(RelayedNetwork network, AccountSigner alice)
    {
        DevSetup setup = new(network.Chain, alice);
        await setup.RecordedAsync([network.Status.Identity], Stop);
        await setup.FoundAsync([network.Status.Identity], Stop);
        await setup.KeyedAsync(Stop);
        await setup.ExecutedAsync(Stop);
    }

    /// <summary>Leads what is sent to a worker's registered address to where it listens.</summary>
    private sealed class ToWorker(Uri worker) : DelegatingHandler(new HttpClientHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(worker, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
