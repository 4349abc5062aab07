using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Phala.Chain.Extrinsics;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Verification;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Envelopes;

namespace Phala.LoadGenerator.Pipeline;

/// <summary>Sends sealed commands of many accounts, prepared before, to a development network, and waits until every receipt is final.</summary>
internal static class CommandLoad
{
    private const ulong Gas = 1_000_000_000, Life = 60 * 60 * 1000;

    public static Command Command()
    {
        System.CommandLine.Option<int> count = new("--count") { Description = "How many commands.", DefaultValueFactory = _ => 20_000 };
        System.CommandLine.Option<int> accounts = new("--accounts") { Description = "How many accounts send.", DefaultValueFactory = _ => 500 };
        System.CommandLine.Option<int> workers = new("--workers") { Description = "How many workers.", DefaultValueFactory = _ => 2 };
        System.CommandLine.Option<int> block = new("--block-millisecs") { Description = "The length of a slot.", DefaultValueFactory = _ => 1000 };
        System.CommandLine.Option<int> window = new("--window") { Description = "How many commands may wait for a block.", DefaultValueFactory = _ => 6000 };
        Command command = new("commands", "Sealed commands from RPC to final receipts, sustained.") { count, accounts, workers, block, window };
        command.SetAction(async (line, stop) =>
        {
            DevNetwork network = await DevNetwork.StartAsync(line.GetValue(workers), line.GetValue(block), stop).ConfigureAwait(false);
            await using (network.ConfigureAwait(false))
            {
                await RunAsync(network, new TransferOptions(line.GetValue(count), line.GetValue(accounts), 4, 64, line.GetValue(window)), stop).ConfigureAwait(false);
            }
        });
        return command;
    }

    private static async Task RunAsync(DevNetwork network, TransferOptions options, CancellationToken stop)
    {
        ChainClient chain = (await ChainClient.ConnectAsync(network.Node, null, stop).ConfigureAwait(false)).Require();
        await using (chain.ConfigureAwait(false))
        {
            LoadAccounts accounts = new(options.Accounts);
            await accounts.FundAsync(chain, stop, account => RuntimeCall.Of(new PhalaPhatContracts.TransferToCluster(Balances.Pha, network.Cluster, account))).ConfigureAwait(false);
            OpaqueExtrinsic[] commands = await PrepareAsync(chain, accounts, network.Cluster, network.Vault, options.Count, stop).ConfigureAwait(false);
            IReadOnlyDictionary<string, TimeSpan> before = network.ProcessorTimes;
            TimeSpan own = Process.GetCurrentProcess().TotalProcessorTime;
            using TransferRun run = new(chain, commands, options);
            ReceiptWatch receipts = new(chain, network.Cluster, options.Count);
            long begin = Stopwatch.GetTimestamp();
            Task watching = receipts.RunAsync(stop);
            await run.RunAsync(network.Node, stop).ConfigureAwait(false);
            run.Print();
            await watching.ConfigureAwait(false);
            double took = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Count / took:F0} commands/s from the first submission to the last final receipt: {options.Count} in {took:F1} s; memory of all processes {network.Memory >> 20} MB"));
            Console.WriteLine($"receipts in final blocks: {string.Join(" ", receipts.OfBlocks)}");
            PipelineReport.PrintProcessorTime(before, network.ProcessorTimes, Process.GetCurrentProcess().TotalProcessorTime - own, options.Count, "command");
        }
    }

    private static async Task<OpaqueExtrinsic[]> PrepareAsync(ChainClient chain, LoadAccounts accounts, Hash256 cluster, Hash256 vault, int count, CancellationToken stop)
    {
        using VerifiedChain verified = (await VerifiedChain.StartAsync(chain, stop).ConfigureAwait(false)).Require();
        using HttpClient http = new();
        using ClusterClient client = new(chain, verified, http, cluster);
        ClusterFacts facts = (await client.FactsAsync(stop).ConfigureAwait(false)).Require();
        ChainVersion version = (await chain.CheckAsync(stop).ConfigureAwait(false)).Require();
        ImpliedData implied = new(version.SpecVersion, version.TransactionVersion, chain.Genesis, chain.Genesis);
        return accounts.Sign(count, implied, (account, at) =>
        {
            CommandContext context = new(chain.Genesis, cluster, vault, accounts[account]);
            return RuntimeCall.Of(new PhalaPhatContracts.PushContractMessage(vault, Vec.Create<byte>(Seal(context, facts, at)), 0));
        });
    }

    /// <summary>Each keeps another secret under one of a hundred names.</summary>
    private static byte[] Seal(CommandContext context, ClusterFacts facts, int at)
    {
        Span<byte> random = stackalloc byte[CommandNonce.Size + 64];
        RandomNumberGenerator.Fill(random);
        using X25519KeyPair reply = X25519KeyPair.Derive(random[^32..]);
        byte[] message = VaultCalls.Store($"name {at / 1000 % 100}", random[..32]);
        CommandBody body = new(Vec.Create<byte>(message), 0, Gas, Codec.Option<UInt128>.None, new(new X25519PublicKey(reply.PublicKey)));
        EnvelopeError error = CommandEnvelope.Seal(context, facts.CommandKey, facts.Epoch, new CommandNonce(random[..CommandNonce.Size]), facts.Head.ViewTime + Life, body, random.Slice(CommandNonce.Size, 32), out SealedCommand? command);
        return error == EnvelopeError.None ? Scale.Encode<CommandPayload>(new CommandPayload.Sealed(command!)) : throw new InvalidOperationException($"A command was not sealed: {error}.");
    }
}
