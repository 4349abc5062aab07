using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Phala.Clusters;
using Phala.Clusters.Execution;
using Phala.Clusters.Native;
using Phala.Clusters.Snapshots;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>Laws of WebAssembly contracts, through random histories. <c>PHALA_CONTRACT_HISTORIES</c> says how many.</summary>
public sealed class WasmLawTests(ITestOutputHelper output)
{
    private const int Entries = 12;
    private const string DigestFile = "PHALA_CONTRACT_DIGEST";
    private static readonly int Histories = int.Parse(Environment.GetEnvironmentVariable("PHALA_CONTRACT_HISTORIES") ?? "12", CultureInfo.InvariantCulture);
    private static readonly X25519KeyPair Reply = X25519KeyPair.Derive(ClusterWorld.Bytes("reply"));

    [Fact]
    public async Task Members_agree_however_they_compile_restart_and_share_a_machine()
    {
        _ = new ProbeWorld();
        int commands = 0, succeeded = 0, made = 0;
        HashSet<string> roots = [];
        for (int seed = 0; seed < Histories; seed++)
        {
            List<Message[]> history = History(seed);
            Task<Run> slow = Task.Run(() => Replay(history, Codes(optimizes: false), restarts: new Random(seed))), warm = Task.Run(() => Replay(history, ContractCodes.Standard, restarts: null));
            Run first = Replay(history, Codes(optimizes: true), restarts: null);
            Assert.Equal(first.Lines, (await slow).Lines);
            Assert.Equal(first.Lines, (await warm).Lines);
            commands += first.Outcomes.Count;
            succeeded += first.Outcomes.Count(status => status == OutcomeStatus.Succeeded);
            made += first.Made;
            roots.UnionWith(first.Lines.Where(line => line.StartsWith("root", StringComparison.Ordinal)));
        }

        output.WriteLine($"{Histories} histories: {commands} commands, {succeeded} successful, {made} contracts made by contracts, {roots.Count} distinct roots");
        Assert.True(succeeded * 2 > commands && commands > 15 * Histories && roots.Count > 8 * Histories, $"{succeeded} of {commands}, {roots.Count} roots");
    }

    /// <summary>The same program again, as other machines would run it: without vector instructions, without compiling twice, on one processor, in another language.</summary>
    [Fact]
    public void Another_process_agrees()
    {
        _ = new ProbeWorld();
        string digest = Digest();
        if (Environment.GetEnvironmentVariable(DigestFile) is { } file)
        {
            File.WriteAllText(file, digest);
            return;
        }

        file = Path.GetTempFileName();
        try
        {
            string program = Path.Combine(AppContext.BaseDirectory, "Phala.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
            ProcessStartInfo info = new(program, ["-method", $"{typeof(WasmLawTests).FullName}.{nameof(Another_process_agrees)}"])
            {
                RedirectStandardOutput = true,
                Environment = { [DigestFile] = file, ["DOTNET_EnableHWIntrinsic"] = "0", ["DOTNET_TieredCompilation"] = "0", ["DOTNET_PROCESSOR_COUNT"] = "1", ["LANG"] = "tr_TR.UTF-8" },
            };
            using Process process = Process.Start(info)!;
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, text);
            Assert.Equal(digest, File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Tokens_are_moved_and_never_made_and_deposits_are_what_is_stored()
    {
        _ = new ProbeWorld();
        int locked = 0;
        for (int seed = 0; seed < Histories; seed++)
        {
            ClusterWorld world = World(Codes(optimizes: true));
            UInt128 given = Total(world);
            foreach (Message[] messages in History(seed))
            {
                foreach (Message message in messages) given += Scale.Decode<ClusterOperation>(message.Payload.AsSpan()).Value is ClusterOperation.Deposit deposit ? deposit.Amount : 0;
                world.Apply(messages);
                Assert.Equal(given, Total(world));
            }

            locked += AssertUsage(world);
        }

        Assert.True(locked > Histories, $"{locked}");
    }

    /// <summary>A hash of all roots, receipts, events and messages to the chain.</summary>
    private static string Digest()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int seed = 0; seed < Math.Max(3, Histories / 4); seed++)
        {
            foreach (string line in Replay(History(seed), Codes(optimizes: true), restarts: null).Lines) hash.AppendData(Encoding.UTF8.GetBytes(line));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static ContractCodes Codes(bool optimizes) => new(optimizes, (NativeCode.SystemContract, new SystemContract()), (NativeCode.Vault, new VaultContract()));

    private static ClusterWorld World(ContractCodes codes)
    {
        ClusterWorld world = new ClusterWorld(gasPrice: 1, perItem: 10, perByte: 1, deposit: 1_000_000_000_000_000_000, codes: codes).Begin();
        world.Apply(ProbeWorld.Upload(ProbeContract.Code));
        world.Apply(ProbeWorld.Instantiate(0), ProbeWorld.Instantiate(1), ProbeWorld.Instantiate(2));
        return world;
    }

    /// <summary>Entries with up to four commands each.</summary>
    private static List<Message[]> History(int seed)
    {
        Random random = new(seed);
        RandomScripts scripts = new(seed);
        ClusterWorld world = World(ContractCodes.Standard);
        List<Message[]> history = [[.. RandomScripts.People.Select(person => ClusterWorld.Deposit(person, 10_000_000_000_000))]];
        while (history.Count < Entries)
        {
            world.Apply();
            history.Add([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => world.Sealed(
                RandomScripts.People[random.Next(RandomScripts.People.Length)], ProbeWorld.Probe((byte)random.Next(3)), scripts.Next(), Reply, gas: 200_000_000_000, transfer: (UInt128)random.Next(50)))]);
        }

        return history;
    }

    private static Run Replay(List<Message[]> history, ContractCodes codes, Random? restarts)
    {
        ClusterWorld world = World(codes);
        Run run = new([], [], 0);
        foreach (Message[] messages in history)
        {
            if (restarts?.Next(3) == 0)
            {
                Assert.Equal(SnapshotError.None, ClusterSnapshot.TryRead(world.Cluster, ClusterSnapshot.Write(world.Cluster, world.State), out ClusterState? state));
                world.State = state!;
            }

            EntryResult result = world.Apply(messages);
            Assert.Null(result.Fault);
            run.Lines.Add($"root {world.State.Root}");
            foreach (Receipt receipt in result.Report?.Receipts ?? default) run.Take(receipt);
            run.Lines.AddRange(result.Egress.Select(item => $"egress {item.Sequence} {Convert.ToHexString(Scale.Encode(item.Message))}"));
            run.Lines.AddRange(result.Events.Select(item => $"event {item.Contract} {Convert.ToHexString(item.Data.AsSpan())}"));
            run = run with { Made = run.Made + result.Egress.Count };
        }

        return run;
    }

    /// <summary>What all accounts have, and what is locked for contracts, read from the trie itself.</summary>
    private static UInt128 Total(ClusterWorld world)
    {
        UInt128 total = 0;
        TrieCursor cursor = new(world.State.Content.Main);
        while (cursor.MoveNext())
        {
            if (cursor.Key[0] == StateKeys.BalanceMark) total += BinaryPrimitives.ReadUInt128LittleEndian(cursor.Value.Span);
            if (cursor.Key[0] == StateKeys.UsageMark) total += Scale.Decode<StorageUsage>(cursor.Value.Span).Value.Deposit;
        }

        return total;
    }

    /// <summary>Counts each contract's storage anew: it is what its usage says, and what is locked is its price.</summary>
    /// <returns>How many contracts store something.</returns>
    private static int AssertUsage(ClusterWorld world)
    {
        Dictionary<Hash256, (ulong Items, ulong Bytes)> stored = [];
        Dictionary<Hash256, StorageUsage> noted = [];
        TrieCursor cursor = new(world.State.Content.Main);
        while (cursor.MoveNext())
        {
            if (cursor.Key[0] == StateKeys.UsageMark) noted.Add(new Hash256(cursor.Key[1..]), Scale.Decode<StorageUsage>(cursor.Value.Span).Value);
            if (cursor.Key[0] != StateKeys.StorageMark) continue;
            Hash256 contract = new(cursor.Key.Slice(1, Hash256.Size));
            (ulong items, ulong bytes) = stored.GetValueOrDefault(contract);
            stored[contract] = (items + 1, bytes + (ulong)(cursor.Key.Length - StateKeys.StoragePrefixLength + cursor.Value.Length));
        }

        Assert.Equal(stored.Keys.Order(), noted.Keys.Order());
        foreach ((Hash256 contract, StorageUsage usage) in noted)
        {
            Assert.Equal(stored[contract], (usage.Items, usage.Bytes));
            if (contract != ClusterWorld.System) Assert.Equal((10 * (UInt128)usage.Items) + usage.Bytes, usage.Deposit);
        }

        return noted.Count;
    }

    private sealed record Run(List<string> Lines, List<OutcomeStatus> Outcomes, int Made)
    {
        public void Take(Receipt receipt)
        {
            Lines.Add($"receipt {Convert.ToHexString(Scale.Encode(receipt))}");
            if (ReceiptEnvelope.TryOpen(ReceiptContext.Of(ClusterWorld.Genesis, ClusterWorld.Id, receipt), Reply, receipt, out SealedOutcome? opened) != EnvelopeError.None) return;
            Outcomes.Add(opened is SealedOutcome.Whole whole ? whole.Outcome.Status : OutcomeStatus.Succeeded);
        }
    }
}
