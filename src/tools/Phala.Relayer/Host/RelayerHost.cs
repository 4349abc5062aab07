using System.Globalization;
using Microsoft.Extensions.Logging;
using Phala.Client;
using Phala.Client.Sync;
using Phala.Client.Workers;
using Phala.Crypto.Keys;
using Phala.Relayer.Metrics;
using Phala.Relayer.Node;
using Phala.Relayer.Options;
using Phala.Relayer.Submission;
using Phala.Relayer.Workers;
using Phala.Runtime.Interface;
using Phala.Trie;

namespace Phala.Relayer.Host;

/// <summary>One connection to a node, many workers. Where the connection ends, another is made, and everything goes on: workers know where they stand.</summary>
/// <param name="options">What it is told.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="log">Where operators read of it.</param>
public sealed class RelayerHost(RelayerOptions options, RelayerMetrics metrics, ILogger log)
{
    /// <summary>The program's version.</summary>
    public static string Version { get; } = typeof(RelayerHost).Assembly.GetName().Version?.ToString(3) ?? "0";

    private Hash256? _genesis;

    private static readonly TimeSpan BalanceInterval = TimeSpan.FromMinutes(1);
    private static readonly UInt128 LowBalance = Balances.Pha;

    /// <summary>Works until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        RelayerLog.Begins(log, Version, options.Node, options.Workers.Count);
        using HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };
        Backoff backoff = new(options.Time, options.LongestPause);
        while (!stop.IsCancellationRequested)
        {
            ClientFailure failure = await ServeAsync(http, backoff, stop).ConfigureAwait(false);
            metrics.IsConnected = false;
            if (stop.IsCancellationRequested) break;
            RelayerLog.Disconnected(log, options.Node, failure.ToString());
            await backoff.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        RelayerLog.Stopping(log);
    }

    private async Task<ClientFailure> ServeAsync(HttpClient http, Backoff backoff, CancellationToken stop)
    {
        try
        {
            ClientResult<ChainClient> connected = await ChainClient.ConnectAsync(options.Node, new ClientOptions { Genesis = _genesis, Time = options.Time }, stop).ConfigureAwait(false);
            if (!connected.TryGet(out ChainClient? chain, out ClientFailure? failure)) return failure;
            await using (chain.ConfigureAwait(false))
            {
                RelayerLog.Connected(log, options.Node, chain.Genesis);
                _genesis = chain.Genesis;
                backoff.Reset();
                metrics.IsConnected = true;
                return await ServeAsync(chain, http, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            return new ClientFailure(ClientError.Ended, "Stopped.");
        }
    }

    private async Task<ClientFailure> ServeAsync(ChainClient chain, HttpClient http, CancellationToken stop)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ChainFeed feed = new(chain);
        SyncReader reader = new(chain);
        using Submitter submitter = new(chain, options, metrics, log);
        List<Task> work = [WatchBalanceAsync(chain, ended.Token)];
        foreach (WorkerEndpoint endpoint in options.Workers)
        {
            WorkerApi worker = new(new WorkerClient(http, endpoint.Private));
            work.Add(new WorkerFeed(worker, endpoint, reader, feed, submitter, options, metrics, log).RunAsync(ended.Token));
        }

        ClientFailure failure;
        try
        {
            failure = await feed.RunAsync(ended.Token).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            foreach (Task task in work) await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return failure;
    }

    private async Task WatchBalanceAsync(ChainClient chain, CancellationToken stop)
    {
        while (true)
        {
            ClientResult<AccountInfo> asked = await chain.Storage.GetAsync(FrameSystem.Account, options.Signer.Account, stop: stop).ConfigureAwait(false);
            if (asked.TryGet(out AccountInfo account, out _))
            {
                double balance = (double)account.Data.Free / Balances.Pha;
                metrics.NoteBalance(balance);
                if (account.Data.Free < LowBalance) RelayerLog.LowBalance(log, Ss58.Encode(options.Signer.Account.AsSpan(), FrameSystem.Ss58Prefix), balance.ToString("F3", CultureInfo.InvariantCulture));
            }

            await Task.Delay(BalanceInterval, options.Time, stop).ConfigureAwait(false);
        }
    }
}
