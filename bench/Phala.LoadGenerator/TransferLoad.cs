using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Phala.Chain.Extrinsics;
using Phala.Client;
using Phala.Runtime.Interface.Transactions;

namespace Phala.LoadGenerator;

/// <summary>Sends transfers, signed before, of many accounts over several WebSockets, and waits until all are final.</summary>
internal static class TransferLoad
{
    public static Command Command()
    {
        Option<Uri?> url = new("--url") { Description = "A running node, ws://127.0.0.1:9944, whose Alice pays; without it phala-node --dev is started." };
        Option<int> count = new("--count") { Description = "How many transfers.", DefaultValueFactory = _ => 60_000 };
        Option<int> accounts = new("--accounts") { Description = "How many accounts send.", DefaultValueFactory = _ => 4000 };
        Option<int> connections = new("--connections") { Description = "How many WebSockets.", DefaultValueFactory = _ => 4 };
        Option<int> inFlight = new("--in-flight") { Description = "How many submissions of one WebSocket are under way.", DefaultValueFactory = _ => 64 };
        Option<int> window = new("--window") { Description = "How many transfers may wait for a block.", DefaultValueFactory = _ => 16_000 };
        Option<int> block = new("--block-millisecs") { Description = "The length of a slot of the node that is started.", DefaultValueFactory = _ => 1000 };
        Command command = new("transfers", "Signed transfers from RPC to finality, sustained.") { url, count, accounts, connections, inFlight, window, block };
        command.SetAction((line, stop) => RunAsync(
            line.GetValue(url),
            line.GetValue(block),
            new TransferOptions(line.GetValue(count), line.GetValue(accounts), line.GetValue(connections), line.GetValue(inFlight), line.GetValue(window)),
            stop));
        return command;
    }

    private static async Task RunAsync(Uri? url, int blockMilliseconds, TransferOptions options, CancellationToken stop)
    {
        NodeProcess? node = url is null ? await NodeProcess.StartAsync(blockMilliseconds, null, stop).ConfigureAwait(false) : null;
        try
        {
            Uri address = url ?? node!.Address;
            ChainClient client = (await ChainClient.ConnectAsync(address, null, stop).ConfigureAwait(false)).Require();
            await using (client.ConfigureAwait(false))
            {
                LoadAccounts accounts = new(options.Accounts);
                await accounts.FundAsync(client, stop).ConfigureAwait(false);
                ChainVersion version = (await client.CheckAsync(stop).ConfigureAwait(false)).Require();
                OpaqueExtrinsic[] transfers = accounts.SignTransfers(options.Count, new ImpliedData(version.SpecVersion, version.TransactionVersion, client.Genesis, client.Genesis));
                using TransferRun run = new(client, transfers, options);
                TimeSpan before = node?.ProcessorTime ?? default, own = Process.GetCurrentProcess().TotalProcessorTime;
                await run.RunAsync(address, stop).ConfigureAwait(false);
                run.Print();
                if (node is null) return;
                double all = options.Count / 1e6;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"processor time of a transfer: node {(node.ProcessorTime - before).TotalSeconds / all:F0} µs, generator {(Process.GetCurrentProcess().TotalProcessorTime - own).TotalSeconds / all:F0} µs"));
            }
        }
        finally
        {
            if (node is not null) await node.DisposeAsync().ConfigureAwait(false);
        }
    }
}
