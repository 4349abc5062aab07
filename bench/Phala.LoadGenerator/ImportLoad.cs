using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.ChainSpecs;
using Phala.Node.Consensus;
using Phala.Node.Storage;
using Phala.Runtime;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Versions;

namespace Phala.LoadGenerator;

/// <summary>Imports full blocks of transfers that were made before: seals, signatures, execution, roots, and the commit to disk.</summary>
internal static class ImportLoad
{
    private const ulong FirstSlot = 1;

    public static Command Command()
    {
        System.CommandLine.Option<int> blocks = new("--blocks") { Description = "How many full blocks.", DefaultValueFactory = _ => 12 };
        System.CommandLine.Option<int> accounts = new("--accounts") { Description = "How many accounts send.", DefaultValueFactory = _ => 4000 };
        Command command = new("import", "Imports full blocks of transfers, in this process.") { blocks, accounts };
        command.SetAction(line => Run(line.GetValue(blocks), line.GetValue(accounts)));
        return command;
    }

    private static void Run(int blocks, int accounts)
    {
        LoadAccounts senders = new(accounts);
        GenesisConfig genesis = BuiltInChain.Genesis("dev", null);
        genesis = genesis with { Balances = [.. genesis.Balances, .. Enumerable.Range(0, accounts).Select(index => (senders[index], (UInt128)1000 * Balances.Pha))] };
        PhalaRuntime runtime = new();
        string directory = Directory.CreateTempSubdirectory("phala-load-").FullName;
        try
        {
            List<(Header Header, Vec<OpaqueExtrinsic> Body)> made = Make(blocks, senders, genesis, runtime, Path.Combine(directory, "made"));
            using ChainStore store = BlockFactory.Create(Path.Combine(directory, "imported"), genesis, runtime);
            BlockImporter importer = new(store, runtime, new ChainFeed(), TimeProvider.System);
            List<double> times = [];
            int transfers = 0;
            long allocated = 0;
            foreach ((int index, (Header header, Vec<OpaqueExtrinsic> body)) in made.Index())
            {
                (long began, long before) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes(precise: true));
                ImportReport report = importer.Import(header, body);
                if (report.Status != ImportStatus.Imported) throw new InvalidOperationException($"Block {header.Number}: {report}");
                if (index < blocks / 3) continue; // Compilation and the first caches.
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                transfers += body.Length - 1;
                allocated += GC.GetTotalAllocatedBytes(precise: true) - before;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"import: {transfers * 1000.0 / times.Sum():F0} transfers/s; {times.Count} blocks of {made[^1].Body.Length - 1} transfers, each {Quantiles.Of(times)}; {allocated / transfers} B allocated for a transfer"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static List<(Header Header, Vec<OpaqueExtrinsic> Body)> Make(int blocks, LoadAccounts senders, GenesisConfig genesis, PhalaRuntime runtime, string directory)
    {
        List<(Header, Vec<OpaqueExtrinsic>)> made = [];
        using BlockFactory factory = new(directory, genesis, runtime, FirstSlot);
        ImpliedData implied = new(PhalaVersion.LatestSpec, PhalaVersion.Transaction, factory.Store.GenesisHash, factory.Store.GenesisHash);
        OpaqueExtrinsic[] waiting = [];
        double making = 0;
        int transfers = 0;
        while (made.Count < blocks)
        {
            if (waiting.Length < 40_000) waiting = [.. waiting, .. senders.SignTransfers(40_000, implied)];
            long began = Stopwatch.GetTimestamp();
            (Header header, Vec<OpaqueExtrinsic> body, int taken) = factory.Make(waiting);
            if (made.Count >= blocks / 3) (making, transfers) = (making + Stopwatch.GetElapsedTime(began).TotalSeconds, transfers + taken);
            made.Add((header, body));
            waiting = waiting[taken..];
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"making: {transfers / making:F0} transfers/s on one core, signatures known from the pool"));
        return made;
    }
}
