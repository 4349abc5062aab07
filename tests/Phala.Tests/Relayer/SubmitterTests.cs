using Phala.Client;
using Phala.Client.Transactions;
using Phala.Relayer.Metrics;
using Phala.Relayer.Options;
using Phala.Relayer.Submission;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Workers;
using Phala.Tests.Client;
using Xunit;

namespace Phala.Tests.Relayer;

/// <summary>A relayer's account pays for what the chain takes, and hardly for what it does not.</summary>
public sealed class SubmitterTests(DevNode node) : IClassFixture<DevNode>
{
    private static readonly Balances.Burn TooMuch = new(UInt128.MaxValue, false);

    private readonly Clock _clock = new();
    private readonly RelayerMetrics _metrics = new();
    private readonly LogLines _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task What_fails_in_a_block_is_paid_for_less_and_less_often()
    {
        await using ChainClient chain = await node.ConnectAsync();
        using AccountSigner payer = AccountSigner.Development("Dave");
        using Submitter submitter = new(chain, Options(payer), _metrics, _log);
        int failed = 0;
        foreach (int pause in (int[])[20, 40, 80])
        {
            for (int offered = 0; offered < 3; offered++) submitter.SubmitSigned("burn", [1], TooMuch, Stop);
            string count = $"phala_relayer_failed_total{{kind=\"burn\"}} {++failed}";
            await DevNode.UntilAsync(chain, () => _metrics.Write().Contains(count, StringComparison.Ordinal));
            _clock.Add(TimeSpan.FromSeconds(pause - 1));
            submitter.SubmitSigned("burn", [1], TooMuch, Stop);
            _clock.Add(TimeSpan.FromSeconds(1));
        }

        submitter.SubmitSigned("another", [1], TooMuch, Stop);
        await DevNode.UntilAsync(chain, () => _metrics.Write().Contains("kind=\"another\"} 1", StringComparison.Ordinal));
        await DevNode.UntilAsync(chain, () => _log.Written.Any(line => line.StartsWith("another failed", StringComparison.Ordinal)));
        Assert.Equal(4u, (await chain.Storage.GetAsync(FrameSystem.Account, payer.Account, stop: Stop)).Require().Nonce);
        Assert.All((string[])["20", "40", "80"], pause => Assert.Contains(_log.Written, line => line.StartsWith("burn failed", StringComparison.Ordinal) && line.Contains($"Token.FundsUnavailable. It is not brought again for {pause} s", StringComparison.Ordinal)));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_the_pool_refuses_costs_nothing_and_is_named()
    {
        await using ChainClient chain = await node.ConnectAsync();
        using AccountSigner payer = AccountSigner.Development("Charlie");
        using Submitter submitter = new(chain, Options(payer), _metrics, _log);
        WorkerRegistrationInfoV2 nobody = new(0, default, default, default, chain.Genesis, default, default, 1, 0, default);
        submitter.SubmitSigned("registration", [], new PhalaRegistry.RegisterWorkerV2(nobody, default), Stop);
        await DevNode.UntilAsync(chain, () => _log.Written.Count > 0);
        Assert.Equal("registration is not taken, and nothing is paid: PhalaRegistry.ParachainIdMismatch", Assert.Single(_log.Written));
        Assert.Equal(0u, (await chain.Storage.GetAsync(FrameSystem.Account, payer.Account, stop: Stop)).Require().Nonce);
        Assert.Contains("phala_relayer_rejected_total{kind=\"registration\",reason=\"1010\"} 1", _metrics.Write(), StringComparison.Ordinal);
    }

    private RelayerOptions Options(AccountSigner payer) => new() { Node = node.Address, Workers = [], Signer = payer, Time = _clock };

    private sealed class Clock : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Add(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);

        public override long GetTimestamp() => Interlocked.Read(ref _now);
    }
}
