using System.Globalization;
using Phala.Client;
using Phala.Client.Transactions;
using Phala.Chain;
using Phala.Crypto.Keys;
using Phala.Relayer.Host;
using Phala.Relayer.Metrics;
using Phala.Relayer.Options;
using Phala.Runtime.Interface;
using Phala.Tests.Client;
using Xunit;

namespace Phala.Tests.Relayer;

/// <summary>A relayer whose account runs dry says so before registrations and endpoints fail.</summary>
public sealed class LowBalanceTests(DevNode node) : IClassFixture<DevNode>
{
    private readonly RelayerMetrics _metrics = new();
    private readonly LogLines _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Below_one_token_it_warns_with_what_is_left_and_above_it_is_silent()
    {
        await using ChainClient chain = await node.ConnectAsync();
        using AccountSigner alice = AccountSigner.Development("Alice");
        Assert.Equal(SecretUriError.None, AccountSigner.TryOpen("//Poor", SignatureScheme.Sr25519, out AccountSigner? poor));
        using AccountSigner payer = poor!;
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task running = new RelayerHost(new RelayerOptions { Node = node.Address, Workers = [], Signer = payer, Time = new FastClock() }, _metrics, _log).RunAsync(end.Token);
        string address = Ss58.Encode(payer.Account.AsSpan(), FrameSystem.Ss58Prefix);
        await DevNode.UntilAsync(chain, () => _log.Written.Contains($"{address} has 0.000 PHA left: registrations and endpoints will fail without"));

        await PayAsync(chain, alice, payer, Balances.Pha - 1);
        await DevNode.UntilAsync(chain, () => _metrics.Write().Contains("phala_relayer_balance 0.99", StringComparison.Ordinal));
        await DevNode.UntilAsync(chain, () => _log.Written.Any(line => line.StartsWith($"{address} has 1.000 PHA left", StringComparison.Ordinal)));

        await PayAsync(chain, alice, payer, 1);
        await DevNode.UntilAsync(chain, () => _metrics.Write().Contains("phala_relayer_balance 1\n", StringComparison.Ordinal));
        int warnings = _log.Written.Count;
        await PayAsync(chain, alice, payer, Balances.Pha);
        await DevNode.UntilAsync(chain, () => _metrics.Write().Contains("phala_relayer_balance 2\n", StringComparison.Ordinal));
        Assert.Equal(warnings, _log.Written.Count);
        await end.CancelAsync();
        await running;
    }

    private static async Task PayAsync(ChainClient chain, AccountSigner from, AccountSigner to, UInt128 amount)
    {
        TransactionResult paid = (await chain.Transactions.SendAsync(from, new Balances.TransferKeepAlive(to.Address, amount), null, Stop)).Require();
        Assert.True(paid.IsSuccess, string.Create(CultureInfo.InvariantCulture, $"{amount}: {paid.ErrorName}"));
    }

    /// <summary>A clock whose minutes last as long as a block.</summary>
    private sealed class FastClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime == TimeSpan.FromMinutes(1) ? TimeSpan.FromMilliseconds(100) : dueTime, period);
    }
}
