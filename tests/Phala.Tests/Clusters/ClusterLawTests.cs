using System.Buffers.Binary;
using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Snapshots;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Clusters;

/// <summary>Laws of the replicated state machine, through random histories.</summary>
public sealed class ClusterLawTests
{
    private static readonly AccountId[] People = [.. Enumerable.Range(0, 5).Select(number => ClusterWorld.Account($"person {number}"))];
    private static readonly X25519KeyPair Reply = X25519KeyPair.Derive(ClusterWorld.Bytes("reply"));

    [Fact]
    public void Replicas_agree_however_often_they_restart()
    {
        int reports = 0, receipts = 0, egress = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            List<Message[]> history = History(seed, entries: 15);
            List<string> first = Replay(history, new Random(0), restarts: 0), second = Replay(history, new Random(seed), restarts: 3), third = Replay(history, new Random(seed + 100), restarts: 1);
            Assert.Equal(first, second);
            Assert.Equal(first, third);
            reports += first.Count(line => line.StartsWith("report", StringComparison.Ordinal));
            receipts += first.Count(line => line.StartsWith("receipt", StringComparison.Ordinal));
            egress += first.Count(line => line.StartsWith("egress", StringComparison.Ordinal));
        }

        Assert.True(reports > 100 && receipts > 300 && egress > 20, $"{reports} {receipts} {egress}");
    }

    [Fact]
    public void Tokens_are_moved_and_never_made()
    {
        int changes = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            ClusterWorld world = TestContract.World(gasPrice: (ulong)(seed % 3), perItem: 50, perByte: 2);
            UInt128 supply = Total(world), deposits = 0;
            Assert.Equal(world.Setup.Deposit, supply);
            foreach (Message[] messages in History(seed, entries: 15))
            {
                foreach (Message message in messages) deposits += DepositOf(message);
                Hash256 before = world.State.Root;
                world.Apply(messages);
                if (before != world.State.Root) changes++;
                Assert.Equal(supply + deposits, Total(world));
            }

            Assert.True(deposits > 0);
        }

        Assert.True(changes > 100, $"{changes}");
    }

    [Fact]
    public void A_report_follows_the_one_before_and_there_is_none_where_nothing_happened()
    {
        ClusterWorld world = TestContract.World();
        Hash256 reported = world.State.Root;
        int without = 0;
        foreach (Message[] messages in History(3, entries: 40))
        {
            Hash256 before = world.State.Root;
            EntryResult result = world.Apply(messages);
            bool hasReceipts = messages.Any(message => Topics.TryReadCommand(message.Destination.AsSpan(), out _));
            Assert.Equal(before != world.State.Root || hasReceipts, result.Report is not null);
            if (result.Report is null)
            {
                without++;
                continue;
            }

            Assert.Equal((reported, world.State.Root, world.State.Position), (result.Report.Previous, result.Report.StateRoot, result.Report.Queue));
            Assert.Equal(messages.Count(message => Topics.TryReadCommand(message.Destination.AsSpan(), out _)), result.Report.Receipts.Length);
            reported = result.Report.StateRoot;
        }

        Assert.True(without > 1);
    }

    [Fact]
    public void Only_secrets_tell_receipts_apart()
    {
        ClusterWorld first = TestContract.World(), second = TestContract.World();
        Message[] messages = [first.Sealed(ClusterWorld.Owner, TestContract.Instance(), [TestContract.Echo, 1], Reply), first.Sealed(ClusterWorld.Owner, TestContract.Instance(), [TestContract.Echo, 1], Reply)];
        Vec<Receipt> receipts = first.Apply(messages).Report!.Receipts, again = second.Apply(messages).Report!.Receipts;
        Assert.Equal(receipts, again);
        Assert.NotEqual(receipts[0].Commitment, receipts[1].Commitment);
        Assert.NotEqual(receipts[0].Sealed, receipts[1].Sealed);
    }

    [Fact]
    public void A_cluster_that_ended_has_nothing_left()
    {
        ClusterWorld world = TestContract.World();
        world.Apply(ClusterWorld.Plain(ClusterWorld.Owner, TestContract.Instance(), [TestContract.Set, 1, 2]));
        EntryResult result = world.Apply(ClusterWorld.Operation(new ClusterOperation.DestroyCluster(ClusterWorld.Id)));
        Assert.Equal(LogKind.ClusterEnded, Assert.Single(result.Log).Kind);
        Assert.NotNull(result.Report);
        Assert.Equal(2, world.State.Content.Main.Count);
        Hash256 ended = world.State.Root;
        result = world.Apply(world.Create(), ClusterWorld.Deposit(People[0], 5), world.Sealed(ClusterWorld.Owner, TestContract.Instance(), []));
        Assert.Equal(new ReceiptStatus.NotExecuted(NotExecuted.UnknownContract), Assert.Single(result.Report!.Receipts.ToArray()).Status);
        Assert.Equal(ended, world.State.Root);
    }

    [Fact]
    public void Entries_come_one_after_the_other_and_never_without_secrets()
    {
        ClusterWorld world = TestContract.World();
        Assert.Throws<ArgumentException>(() => world.Cluster.Apply(world.State, world.State.Position, world.Entry(), [], world.Secrets));
        Assert.Throws<ArgumentException>(() => world.Cluster.Apply(world.State, world.State.Position.Append(default).Append(default), world.Entry(), [], world.Secrets));
        Assert.Throws<ArgumentException>(() => world.Cluster.Apply(world.State, world.State.Position.Append(default), world.Entry(), [], new Dictionary<uint, Phala.Worker.Interface.Envelopes.ClusterSecrets>()));
    }

    /// <summary>What replicas must agree on. A replica restarts from a snapshot of where it stands.</summary>
    private static List<string> Replay(List<Message[]> history, Random random, int restarts)
    {
        ClusterWorld world = TestContract.World(gasPrice: 1, perItem: 10, perByte: 1);
        List<string> lines = [];
        foreach (Message[] messages in history)
        {
            if (restarts > 0 && random.Next(4) < restarts)
            {
                Assert.Equal(SnapshotError.None, ClusterSnapshot.TryRead(world.Cluster, ClusterSnapshot.Write(world.Cluster, world.State), out ClusterState? state));
                world.State = state!;
            }

            EntryResult result = world.Apply(messages);
            Assert.Null(result.Fault);
            lines.Add($"root {world.State.Root}");
            if (result.Report is { } report) lines.Add($"report {report.Hash()}");
            foreach (Receipt receipt in result.Report?.Receipts ?? default) lines.Add($"receipt {Convert.ToHexString(Scale.Encode(receipt))}");
            lines.AddRange(result.Egress.Select(item => $"egress {item.Sequence} {Convert.ToHexString(Scale.Encode(item.Message))}"));
            lines.AddRange(result.Log.Select(item => $"log {item}"));
            lines.AddRange(result.Events.Select(item => $"event {Convert.ToHexString(item.Data.AsSpan())}"));
        }

        return lines;
    }

    /// <summary>Entries with commands of all kinds, deposits, new contracts, code, members; some empty.</summary>
    private static List<Message[]> History(int seed, int entries)
    {
        Random random = new(seed);
        ClusterWorld world = TestContract.World();
        List<Message[]> history = [[.. People.Select(person => ClusterWorld.Deposit(person, (UInt128)random.NextInt64(8_000_000_000)))]];
        while (history.Count < entries)
        {
            world.Apply();
            history.Add([.. Enumerable.Range(0, random.Next(5)).Select(_ => Step(random, world))]);
        }

        return history;
    }

    private static Message Step(Random random, ClusterWorld world)
    {
        AccountId sender = People[random.Next(People.Length)];
        byte[] call = TestCall(random);
        Hash256 contract = TestContract.Instance((byte)random.Next(3));
        return random.Next(10) switch
        {
            0 => ClusterWorld.Deposit(sender, (UInt128)random.NextInt64(1_000_000_000)),
            1 => ClusterWorld.Instantiate(sender, random.Next(3) == 0 ? ClusterWorld.Genesis : TestContract.Code, [(byte)random.Next(4)], call, gas: 400_000_000, transfer: (ulong)random.Next(3)),
            2 => ClusterWorld.Operation(new ClusterOperation.UploadResource(sender, ClusterWorld.Id, ResourceType.InkCode, [(byte)random.Next(3)])),
            3 => ClusterWorld.Operation(random.Next(2) == 0 ? new ClusterOperation.AddWorker(ClusterWorld.Id, default) : new ClusterOperation.RemoveWorker(ClusterWorld.Id, default)),
            4 => ClusterWorld.Plain(sender, contract, call, gas: 100_000_000, transfer: (ulong)random.Next(1000)),
            _ => world.Sealed(sender, contract, call, random.Next(2) == 0 ? Reply : null, gas: (ulong)random.NextInt64(1_000_000_000), transfer: (ulong)random.Next(1000), expiry: world.Now + (ulong)random.Next(60_000)),
        };
    }

    private static byte[] TestCall(Random random) => random.Next(9) switch
    {
        0 => [TestContract.Trap],
        1 => [TestContract.SetAndRevert, 1],
        2 => [TestContract.Pay, .. People[random.Next(People.Length)].AsSpan(), (byte)random.Next(256)],
        3 => [TestContract.RemoveKey, (byte)random.Next(4)],
        4 => [TestContract.Emit, 1, 2],
        5 => [TestContract.CallAndKeep, .. TestContract.Instance((byte)random.Next(3)).AsSpan(), .. TestCall(random)],
        _ => [TestContract.Set, (byte)random.Next(4), .. new byte[random.Next(40)]],
    };

    private static UInt128 DepositOf(Message message) =>
        Scale.Decode<ClusterOperation>(message.Payload.AsSpan()).Value is ClusterOperation.Deposit deposit ? deposit.Amount : 0;

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
}
