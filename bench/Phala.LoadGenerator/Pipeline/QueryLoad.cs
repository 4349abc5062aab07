using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Contracts;
using Phala.Client.Transactions;
using Phala.Client.Verification;
using Phala.Codec;

namespace Phala.LoadGenerator.Pipeline;

/// <summary>Asks the vault of a development network: signed, encrypted queries whose answers are verified, from many callers at once.</summary>
internal static class QueryLoad
{
    public static Command Command()
    {
        System.CommandLine.Option<int> clients = new("--clients") { Description = "How many ask at once, one question after the other.", DefaultValueFactory = _ => 32 };
        System.CommandLine.Option<int> seconds = new("--seconds") { Description = "For how long.", DefaultValueFactory = _ => 10 };
        System.CommandLine.Option<int> warmUp = new("--warm-up") { Description = "Seconds before that do not count.", DefaultValueFactory = _ => 5 };
        System.CommandLine.Option<int> workers = new("--workers") { Description = "How many workers.", DefaultValueFactory = _ => 2 };
        Command command = new("queries", "Encrypted queries with verified answers.") { clients, seconds, warmUp, workers };
        command.SetAction(async (line, stop) =>
        {
            DevNetwork network = await DevNetwork.StartAsync(line.GetValue(workers), 1000, stop).ConfigureAwait(false);
            await using (network.ConfigureAwait(false))
            {
                await RunAsync(network, line.GetValue(clients), TimeSpan.FromSeconds(line.GetValue(warmUp)), TimeSpan.FromSeconds(line.GetValue(seconds)), stop).ConfigureAwait(false);
            }
        });
        return command;
    }

    private static async Task RunAsync(DevNetwork network, int clients, TimeSpan warmUp, TimeSpan time, CancellationToken stop)
    {
        ChainClient chain = (await ChainClient.ConnectAsync(network.Node, null, stop).ConfigureAwait(false)).Require();
        await using (chain.ConfigureAwait(false))
        {
            using VerifiedChain verified = (await VerifiedChain.StartAsync(chain, stop).ConfigureAwait(false)).Require();
            using HttpClient http = new();
            using ClusterClient client = new(chain, verified, http, network.Cluster);
            VaultClient contract = new(client.Contract(network.Vault));
            using AccountSigner alice = AccountSigner.Development("Alice");
            await AskAsync(contract, alice, clients, warmUp, [], stop).ConfigureAwait(false);
            ConcurrentBag<double> times = [];
            IReadOnlyDictionary<string, TimeSpan> before = network.ProcessorTimes;
            TimeSpan own = Process.GetCurrentProcess().TotalProcessorTime;
            long begin = Stopwatch.GetTimestamp();
            await AskAsync(contract, alice, clients, time, times, stop).ConfigureAwait(false);
            double took = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times.Count / took:F0} queries/s with {clients} clients; {Quantiles.Of(times)}"));
            PipelineReport.PrintProcessorTime(before, network.ProcessorTimes, Process.GetCurrentProcess().TotalProcessorTime - own, times.Count, "query");
        }
    }

    private static Task AskAsync(VaultClient vault, AccountSigner caller, int clients, TimeSpan time, ConcurrentBag<double> times, CancellationToken stop)
    {
        long begin = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(begin) < time)
            {
                long sent = Stopwatch.GetTimestamp();
                ClientResult<VaultAnswer<Vec<byte>>> answer = await vault.ReadAsync(caller, caller.Account, "answer", stop).ConfigureAwait(false);
                if (answer.Require().Error is { } error) throw new InvalidOperationException($"The vault refuses: {error}.");
                times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
        }, stop)));
    }
}
