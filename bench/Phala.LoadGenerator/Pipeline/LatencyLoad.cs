using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Contracts;
using Phala.Client.Transactions;
using Phala.Client.Verification;

namespace Phala.LoadGenerator.Pipeline;

/// <summary>Sends one command at a time to a development network, and waits for each verified receipt.</summary>
internal static class LatencyLoad
{
    public static Command Command()
    {
        Option<int> count = new("--count") { Description = "How many commands.", DefaultValueFactory = _ => 60 };
        Option<int> block = new("--block-millisecs") { Description = "The length of a slot.", DefaultValueFactory = _ => 1000 };
        Command command = new("latency", "From sending a command to its verified receipt, one after the other.") { count, block };
        command.SetAction(async (line, stop) =>
        {
            DevNetwork network = await DevNetwork.StartAsync(2, line.GetValue(block), stop).ConfigureAwait(false);
            await using (network.ConfigureAwait(false)) await RunAsync(network, line.GetValue(count), line.GetValue(block), stop).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task RunAsync(DevNetwork network, int count, int block, CancellationToken stop)
    {
        ChainClient chain = (await ChainClient.ConnectAsync(network.Node, null, stop).ConfigureAwait(false)).Require();
        await using (chain.ConfigureAwait(false))
        {
            using VerifiedChain verified = (await VerifiedChain.StartAsync(chain, stop).ConfigureAwait(false)).Require();
            using HttpClient http = new();
            using ClusterClient cluster = new(chain, verified, http, network.Cluster);
            VaultClient vault = new(cluster.Contract(network.Vault));
            using AccountSigner alice = AccountSigner.Development("Alice");
            List<double> times = [];
            Random random = new(1);
            for (int at = 0; at < count; at++)
            {
                // At any moment of a slot.
                await Task.Delay(random.Next(block), stop).ConfigureAwait(false);
                long sent = Stopwatch.GetTimestamp();
                VerifiedReceipt receipt = (await vault.StoreAsync(alice, "latency", Encoding.ASCII.GetBytes(at.ToString(CultureInfo.InvariantCulture)), stop).ConfigureAwait(false)).Require();
                if (!receipt.IsSuccess) throw new InvalidOperationException($"The vault refuses: {VaultClient.ErrorOf(receipt)}.");
                times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }

            Console.WriteLine($"from sending to the verified receipt, {count} commands: {Quantiles.Of(times)}");
        }
    }
}
