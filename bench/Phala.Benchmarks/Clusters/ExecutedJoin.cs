using System.Diagnostics;
using System.Globalization;
using Phala.Benchmarks.LightClient;
using Phala.Chain;
using Phala.Clusters;
using Phala.Crypto.Encryption;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain.Clusters;

namespace Phala.Benchmarks.Clusters;

/// <summary>Joining a long chain with execution: every message is a sealed command to the vault of one of a thousand accounts, with a receipt for a reply key.</summary>
internal static class ExecutedJoin
{
    private const int Accounts = 1000;

    public static void Print()
    {
        ClusterWorld world = new();
        AccountId[] accounts = [.. Enumerable.Range(0, Accounts).Select(number => ClusterWorld.Account($"user {number}"))];
        using X25519KeyPair reply = X25519KeyPair.Derive(ClusterWorld.Bytes("reply"));
        Channel channel = Channel.OfCluster(ClusterWorld.Id);
        JoinChain chain = new(channel, (index, time) =>
        {
            world.Now = time;
            if (index == 0) return [world.Create(), ClusterWorld.Instantiate(ClusterWorld.Owner, NativeCode.Vault, "vault"u8, ClusterWorld.Call("new"))];
            byte[] call = ClusterWorld.Call("store", ClusterWorld.Text($"name {index % 10}"), ClusterWorld.Sequence(ClusterWorld.Bytes($"secret {index}")));
            return [world.Sealed(accounts[index % Accounts], ClusterWorld.Vault, call, reply)];
        });

        Console.WriteLine($"{JoinChain.Blocks} blocks, {JoinChain.Changes} changes of the set, {JoinChain.Messages} messages");
        for (int run = 0; run < 3; run++)
        {
            Console.WriteLine(Run("verified", chain, static _ => { }));
            ClusterState state = ClusterState.Begin(QueueHead.Empty);
            int executed = 0;
            Console.WriteLine(Run("verified and executed", chain, entry =>
            {
                EntryResult result = world.Cluster.Apply(state, entry.After.Head, entry.Entry, entry.MessagesOf(channel).AsSpan(), world.Secrets);
                if (result.Fault is not null) throw new InvalidOperationException($"{result.Fault}");
                executed += result.Report?.Receipts.Count(receipt => receipt.Status is ReceiptStatus.Executed) ?? 0;
                state = result.State;
            }));
            if (executed < JoinChain.Messages - 1) throw new InvalidOperationException($"{executed} commands alone were executed.");
        }
    }

    private static string Run(string what, JoinChain chain, Action<VerifiedEntry> take)
    {
        GC.Collect();
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        long begin = Stopwatch.GetTimestamp(), allocated = GC.GetTotalAllocatedBytes(precise: true);
        chain.Join(take);
        TimeSpan took = Stopwatch.GetElapsedTime(begin), processor = Process.GetCurrentProcess().TotalProcessorTime - before;
        return string.Create(CultureInfo.InvariantCulture, $"  {what}: {took.TotalSeconds:F2} s, processor {processor.TotalSeconds:F2} s, allocated {(GC.GetTotalAllocatedBytes(precise: true) - allocated) >> 20} MiB");
    }
}
