using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Execution;
using Phala.Clusters.Logs;
using Phala.Clusters.Native;
using Phala.Clusters.Snapshots;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;
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
        int commands = 0, succeeded = 0, made = 0, unpaid = 0, limited = 0;
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
            limited += first.Limited;
            unpaid += first.Outcomes.Count(status => status == OutcomeStatus.DepositFailed);
            roots.UnionWith(first.Lines.Where(line => line.StartsWith("root", StringComparison.Ordinal)));
        }

        output.WriteLine($"{Histories} histories: {commands} commands, {succeeded} successful, {unpaid} beyond what their senders let them lock, {limited} beyond what a call within let lock, {made} contracts made by contracts, {roots.Count} distinct roots");
        Assert.True(succeeded * 2 > commands && commands > 15 * Histories && unpaid > Histories / 4 && limited > Histories / 6 && roots.Count > 8 * Histories, $"{succeeded} of {commands}, {unpaid} unpaid, {limited} limited, {roots.Count} roots");
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
        int locked = 0, added = 0, removed = 0, paid = 0, ended = 0, kept = 0;
        for (int seed = 0; seed < Histories; seed++)
        {
            ClusterWorld world = World(Codes(optimizes: true));
            UInt128 given = Total(world);
            foreach (Message[] messages in History(seed))
            {
                foreach (Message message in messages) given += Scale.Decode<ClusterOperation>(message.Payload.AsSpan()).Value is ClusterOperation.Deposit deposit ? deposit.Amount : 0;
                int before = Codes(world).Count;
                Hash256[] there = Probes(world);
                EntryResult result = world.Apply(messages);
                Assert.Equal(given, Total(world));
                kept += AssertCode(world);
                ended += there.Except(Probes(world)).Count();
                paid += 2 - result.Log.Count(record => record.Kind == LogKind.HookCannotPay);
                added += Math.Max(0, Codes(world).Count - before);
                removed += Math.Max(0, before - Codes(world).Count);
            }

            locked += AssertUsage(world);
        }

        output.WriteLine($"{locked} contracts store something; code was added {added} times and removed {removed} times; hooks were paid for {paid} times; {ended} contracts ended; in all entries together contracts kept code {kept} times");
        Assert.True(ended > Histories / 3 && kept > Histories, $"{ended}, {kept}");
        Assert.True(locked > Histories && added > Histories && removed > Histories / 4 && paid > Histories && paid < 2 * Histories * Entries, $"{locked}, {added}, {removed}, {paid}");
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
        world.Apply(ClusterWorld.Deposit(ProbeWorld.Alice, 1_000_000), ProbeWorld.Upload(ProbeContract.Code));
        world.Apply(ProbeWorld.Instantiate(0), ProbeWorld.Instantiate(1), ProbeWorld.Instantiate(2));

        // One is called at the end of each entry: its script says to end, and what it has suffices for some of them. Another has nothing.
        byte[][] hooks = [.. Enumerable.Range(0, 2).Select(number => ClusterWorld.Call(0x352c6b5c, [0], ProbeWorld.Probe((byte)number).AsSpan().ToArray(), new byte[4], BitConverter.GetBytes(1_000_000_000ul)))];
        world.Apply([ClusterWorld.Deposit(new AccountId(ProbeWorld.Probe(0).AsSpan()), 8_000_000_000), .. hooks.Select(hook => ClusterWorld.Plain(ClusterWorld.Owner, ClusterWorld.System, hook))]);
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
            history.Add([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Command(world, random, scripts)), .. CodeMessages(world, random)]);
        }

        return history;
    }

    /// <summary>A command, some of them with a limit of what they may lock.</summary>
    private static Message Command(ClusterWorld world, Random random, RandomScripts scripts)
    {
        AccountId sender = RandomScripts.People[random.Next(RandomScripts.People.Length)];
        Hash256 contract = ProbeWorld.Probe((byte)random.Next(3));
        Option<UInt128> limit = random.Next(3) == 0 ? new((UInt128)random.Next(300)) : default;
        CommandBody body = new(Vec.Create<byte>(scripts.Next()), (UInt128)random.Next(50), 200_000_000_000, limit, new(new X25519PublicKey(Reply.PublicKey)));
        return ClusterWorld.Message(sender, contract, new CommandPayload.Sealed(world.Seal(sender, contract, body)));
    }

    /// <summary>People bring code, run it, and take back what they brought, or try to; probes that ended are made again.</summary>
    private static IEnumerable<Message> CodeMessages(ClusterWorld world, Random random)
    {
        byte number = (byte)random.Next(6);
        AccountId owner = RandomScripts.People[number % RandomScripts.People.Length], other = RandomScripts.People[random.Next(RandomScripts.People.Length)];
        if (random.Next(2) == 0) yield return ProbeWorld.Upload(ProbeContract.Variant(number), owner: owner);
        if (random.Next(2) == 0) yield return ProbeWorld.Instantiate((byte)random.Next(3));
        if (random.Next(8) == 0) yield return ClusterWorld.Instantiate(other, ProbeContract.VariantHash(number), [(byte)random.Next(2)], new ProbeScript().End(), ProbeWorld.Gas);
        if (random.Next(2) == 0) yield return world.Sealed(random.Next(4) == 0 ? other : owner, ClusterWorld.System, ClusterWorld.Call("remove_code", ProbeContract.VariantHash(number).AsSpan().ToArray()), Reply);
    }

    private static Run Replay(List<Message[]> history, ContractCodes codes, Random? restarts)
    {
        ClusterWorld world = World(codes);
        Run run = new([], [], 0, 0);
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
            run = run with { Made = run.Made + result.Egress.Count, Limited = run.Limited + result.Journal.OfType<LogItem.MessageOutput>().Count(IsLimited) };
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
            if (cursor.Key[0] == StateKeys.CodeMark) total += Scale.Decode<CodeRecord>(cursor.Value.Span).Value.Deposit;
        }

        return total;
    }

    /// <summary>Code that was added, read from the trie itself.</summary>
    private static Dictionary<Hash256, CodeRecord> Codes(ClusterWorld world)
    {
        Dictionary<Hash256, CodeRecord> codes = [];
        TrieCursor cursor = new(world.State.Content.Main);
        cursor.Seek([StateKeys.CodeMark]);
        while (cursor.MoveNext() && cursor.Key[0] == StateKeys.CodeMark) codes.Add(new Hash256(cursor.Key[1..]), Scale.Decode<CodeRecord>(cursor.Value.Span).Value);
        return codes;
    }

    private static Hash256[] Probes(ClusterWorld world) => [.. Enumerable.Range(0, 3).Select(number => ProbeWorld.Probe((byte)number)).Where(probe => world.View().HasContract(probe))];

    /// <summary>Code is as long and as dear as its record says, is run and kept as often, and code that is run or kept is there.</summary>
    /// <returns>How often it is kept.</returns>
    private static int AssertCode(ClusterWorld world)
    {
        Dictionary<Hash256, CodeRecord> codes = Codes(world);
        Dictionary<Hash256, ulong> runs = [];
        int lengths = 0, kept = 0;
        TrieCursor cursor = new(world.State.Content.Main);
        while (cursor.MoveNext())
        {
            if (cursor.Key[0] == StateKeys.CodeBytesMark) Assert.Equal((uint)cursor.Value.Length, codes[new Hash256(cursor.Key[1..])].Length);
            lengths += cursor.Key[0] == StateKeys.CodeBytesMark ? 1 : 0;
            if (cursor.Key[0] is not (StateKeys.ContractMark or StateKeys.DependencyMark)) continue;
            bool isKept = cursor.Key[0] == StateKeys.DependencyMark;
            kept += isKept ? 1 : 0;
            Hash256 code = isKept ? new Hash256(cursor.Key[(1 + Hash256.Size)..]) : Scale.Decode<ContractRecord>(cursor.Value.Span).Value.CodeHash;
            runs[code] = runs.GetValueOrDefault(code) + 1;
            Assert.True(codes.ContainsKey(code) || ContractCodes.Standard.TryGetNative(code, RulesVersion.First, out _));
        }

        Assert.Equal(codes.Count, lengths);
        foreach ((Hash256 hash, CodeRecord record) in codes) Assert.Equal((runs.GetValueOrDefault(hash), 20 + (UInt128)record.Length), (record.References, record.Deposit));
        return kept;
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
            if (cursor.Key[0] is not (StateKeys.StorageMark or StateKeys.ContractMark or StateKeys.DependencyMark)) continue;
            Hash256 contract = new(cursor.Key.Slice(1, Hash256.Size));
            (ulong items, ulong bytes) = stored.GetValueOrDefault(contract);
            int length = cursor.Key[0] switch
            {
                StateKeys.ContractMark => 3 * Hash256.Size,
                StateKeys.DependencyMark => 2 * Hash256.Size,
                _ => cursor.Key.Length - StateKeys.StoragePrefixLength + cursor.Value.Length,
            };
            stored[contract] = (items + 1, bytes + (ulong)length);
        }

        Assert.Equal(stored.Keys.Order(), noted.Keys.Order());
        foreach ((Hash256 contract, StorageUsage usage) in noted)
        {
            Assert.Equal(stored[contract], (usage.Items, usage.Bytes));
            if (contract != ClusterWorld.System) Assert.Equal((10 * (UInt128)usage.Items) + usage.Bytes, usage.Deposit);
        }

        return noted.Count;
    }

    /// <summary>Whether a command ended because a call within it wanted to lock more than its caller let it.</summary>
    private static bool IsLimited(LogItem.MessageOutput told) =>
        Scale.Decode<ContractExecResult>(told.Output.AsSpan()[..^InkMessage.SelectorLength]).TryGet(out ContractExecResult? given) && !given.Result.TryGet(out _, out DispatchError error) && error == DispatchError.Module(4, 22);

    private sealed record Run(List<string> Lines, List<OutcomeStatus> Outcomes, int Made, int Limited)
    {
        public void Take(Receipt receipt)
        {
            Lines.Add($"receipt {Convert.ToHexString(Scale.Encode(receipt))}");
            if (ReceiptEnvelope.TryOpen(ReceiptContext.Of(ClusterWorld.Genesis, ClusterWorld.Id, receipt), Reply, receipt, out SealedOutcome? opened) != EnvelopeError.None) return;
            Outcomes.Add(opened is SealedOutcome.Whole whole ? whole.Outcome.Status : OutcomeStatus.Succeeded);
        }
    }
}
