using System.Buffers.Binary;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Client.Transactions;
using Phala.Node.ChainSpecs;
using Phala.Node.Consensus;
using Phala.Node.Host;
using Phala.Node.Options;
using Phala.Node.Rpc;
using Phala.Runtime;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Versions;

namespace Phala.LoadGenerator;

/// <summary>Makes a development chain with many accounts, then starts a node on it and waits for its first new block.</summary>
internal static class StartLoad
{
    private const int AccountsOfABlock = 5000;

    public static Command Command()
    {
        Option<int> accounts = new("--accounts") { Description = "How many accounts the state has.", DefaultValueFactory = _ => 1_000_000 };
        Option<string?> keep = new("--keep") { Description = "Where the chain is made, unless it is there, and kept; without it, it is thrown away." };
        Command command = new("start", "The time from a node's start to its first block on a chain with many accounts, and the memory they take.") { accounts, keep };
        command.SetAction((line, stop) => RunAsync(line.GetValue(accounts), line.GetValue(keep), stop));
        return command;
    }

    private static async Task RunAsync(int accounts, string? keep, CancellationToken stop)
    {
        string directory = keep ?? Directory.CreateTempSubdirectory("phala-load-").FullName;
        try
        {
            long began = Stopwatch.GetTimestamp();
            if (!Directory.Exists(Path.Combine(directory, "chains")))
            {
                Make(directory, accounts);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"made {accounts} accounts in {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s"));
            }

            long before = GC.GetTotalMemory(forceFullCollection: true);
            began = Stopwatch.GetTimestamp();
            NodeOptions options = new()
            {
                BasePath = directory,
                IsDevelopment = true,
                IsValidator = true,
                KeyUris = ["//Alice"],
                Metrics = null,
                Rpc = new RpcOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) },
            };
            (NodeHost? node, string? problem) = await NodeHost.StartAsync(options, NullLoggerFactory.Instance, TimeProvider.System).ConfigureAwait(false);
            if (node is null) throw new InvalidOperationException(problem);
            await using (node.ConfigureAwait(false))
            {
                double open = Stopwatch.GetElapsedTime(began).TotalSeconds;
                await foreach (ChainUpdate update in node.Feed.Listen(stop).ReadAllAsync(stop).ConfigureAwait(false))
                {
                    if (update is ChainUpdate.Imported) break;
                }

                double block = Stopwatch.GetElapsedTime(began).TotalSeconds;
                long memory = GC.GetTotalMemory(forceFullCollection: true) - before;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"start: serving after {open:F2} s, first block after {block:F2} s (of which up to 3 s are the wait for a slot); {memory / (double)accounts:F0} B of memory for each account"));
            }
        }
        finally
        {
            if (keep is null) Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Alice pays everybody, in batches.</summary>
    private static void Make(string directory, int accounts)
    {
        GenesisConfig genesis = BuiltInChain.Genesis("dev", null);
        using BlockFactory factory = new(directory, genesis, new PhalaRuntime(), firstSlot: 1);
        using AccountSigner alice = AccountSigner.Development("Alice");
        ImpliedData implied = new(PhalaVersion.LatestSpec, PhalaVersion.Transaction, factory.Store.GenesisHash, factory.Store.GenesisHash);
        uint nonce = 0;
        byte[] id = new byte[AccountId.Size];
        for (int first = 0; first < accounts; first += AccountsOfABlock)
        {
            RuntimeCall[] calls = new RuntimeCall[Math.Min(AccountsOfABlock, accounts - first)];
            for (int index = 0; index < calls.Length; index++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(id, (ulong)(first + index + 1) * 0x9E3779B97F4A7C15);
                BinaryPrimitives.WriteInt32LittleEndian(id.AsSpan(16), first + index);
                calls[index] = RuntimeCall.Of(new Balances.TransferKeepAlive(MultiAddress.Id(new AccountId(id)), Balances.Pha));
            }

            OpaqueExtrinsic batch = SignedTransaction.Create(alice, RuntimeCall.Of(new Utility.BatchAll([.. calls])), new TransactionExtensions(Era.Immortal, nonce++, 0), implied);
            if (factory.Make([batch]).Taken != 1) throw new InvalidOperationException("A block has no room for the batch.");
            factory.FinalizeBest();
        }
    }
}
