using System.Diagnostics;
using System.Globalization;
using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Queries;

namespace Phala.Benchmarks.Clusters;

/// <summary>Commands of WebAssembly contracts, 100 in each entry with a root for each, on one core; with few keys and with a million; and queries on both cores.</summary>
internal static class ContractFigures
{
    private const int PerEntry = 100, Few = 1_000, Many = 1_000_000;
    private const ulong Gas = 100_000_000_000;
    private static readonly AccountId Alice = ClusterWorld.Account("alice");
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    public static void Print()
    {
        ClusterWorld world = new ClusterWorld().Begin();
        world.Apply(ClusterWorld.Deposit(Alice, UInt128.One << 100));
        Hash256 flipper = Deploy(world, "flipper", [1]), token = Deploy(world, "token", BitConverter.GetBytes(1_000_000_000_000L).Concat(new byte[8]));
        Hash256 gas = Deploy(world, "gas", []);
        using X25519KeyPair reply = X25519KeyPair.Derive(ClusterWorld.Bytes("reply"));

        byte[] flip = ClusterWorld.Call(0x633aa551u);
        Execute("flips", world, _ => ClusterWorld.Plain(Alice, flipper, flip, Gas), 400);
        Execute("flips, sealed, with receipts", world, _ => world.Sealed(Alice, flipper, flip, reply, Gas), 100);
        Execute("transfers, the first", world, number => Transfer(token, number), Few / PerEntry);
        double few = Execute("transfers among 1,000 keys", world, number => Transfer(token, number % Few), 400);
        Execute("transfers to 1,000,000 new keys", world, number => Transfer(token, number), Many / PerEntry);
        double many = Execute("transfers among 1,000,000 keys", world, number => Transfer(token, (int)((number * 7919L) % Many)), 400);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a transfer among 1,000,000 keys costs {many / few:F2} times one among 1,000"));
        Ask(world.View(), token, new InkQueryData.InkMessage(Vec.Create<byte>(ClusterWorld.Call(0x0f755a56u, Alice.AsSpan().ToArray())), 0, 0, false), Environment.ProcessorCount);
        GasFigures.Print(world, gas);
    }

    private static Hash256 Deploy(ClusterWorld world, string name, IEnumerable<byte> arguments)
    {
        byte[] code = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Clusters", "Contracts", name + ".wasm")), hash = new byte[Hash256.Size];
        Blake2b.Hash256(code, hash);
        world.Apply(ClusterWorld.Operation(new ClusterOperation.UploadResource(Alice, ClusterWorld.Id, ResourceType.InkCode, Vec.Create<byte>(code))));
        world.Apply(ClusterWorld.Instantiate(Alice, new Hash256(hash), [], [0x9b, 0xae, 0x9d, 0x5e, .. arguments], Gas));
        return ContractId.Of(Alice, new Hash256(hash), ClusterWorld.Id, []);
    }

    private static Message Transfer(in Hash256 token, int number)
    {
        byte[] amount = new byte[16];
        amount[0] = 1;
        return ClusterWorld.Plain(Alice, token, ClusterWorld.Call(0x84a15da1u, AccountOf(number), amount), Gas);
    }

    /// <summary>Spread as hashes are.</summary>
    private static byte[] AccountOf(int number)
    {
        byte[] account = new byte[32];
        Blake2b.Hash256(BitConverter.GetBytes(number), account);
        return account;
    }

    /// <summary>Executes entries, and prints what the middle one of them took.</summary>
    /// <returns>Microseconds for a command.</returns>
    private static double Execute(string what, ClusterWorld world, Func<int, Message> command, int entries)
    {
        double[] took = new double[entries];
        for (int entry = 0; entry < entries; entry++)
        {
            Message[] messages = [.. Enumerable.Range(entry * PerEntry, PerEntry).Select(command)];
            long begin = Stopwatch.GetTimestamp();
            EntryResult result = world.Apply(messages);
            took[entry] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds / PerEntry;
            if (result.Report?.Receipts.Length != PerEntry) throw new InvalidOperationException("Not every command was executed.");
        }

        Array.Sort(took);
        double middle = took[entries / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {1_000_000 / middle:F0} /s, {middle:F1} µs each (best entry {took[0]:F1})"));
        return middle;
    }

    private static void Ask(ClusterView view, Hash256 token, InkQueryData query, int threads)
    {
        List<double>[] took = [.. Enumerable.Range(0, threads).Select(_ => new List<double>())];
        long begin = Stopwatch.GetTimestamp();
        Thread[] asking = [.. took.Select(times => new Thread(() =>
        {
            while (Stopwatch.GetElapsedTime(begin) < Span)
            {
                long asked = Stopwatch.GetTimestamp();
                if (view.Query(token, query, Alice, Gas).Outcome is not QueryOutcome.Returned) throw new InvalidOperationException("A query was refused.");
                times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
        }, 16 << 20))];
        foreach (Thread thread in asking) thread.Start();
        foreach (Thread thread in asking) thread.Join();
        double[] all = [.. took.SelectMany(times => times).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"queries of a balance among 1,000,000 keys, {threads} threads: {all.Length / Span.TotalSeconds:F0} /s, p50 {all[all.Length / 2]:F3} ms, p99 {all[all.Length * 99 / 100]:F3} ms"));
    }
}
