using System.Globalization;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Trie;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>However a chain is cut into deliveries, and whatever interrupts them: the same roots, receipts, reports and messages.</summary>
public sealed class PartitionLawTests(ITestOutputHelper output)
{
    private static readonly int Chains = int.Parse(Environment.GetEnvironmentVariable("PHALA_WORKER_CHAINS") ?? "12", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Cuts_restarts_jumps_and_storage_proofs_decide_nothing()
    {
        PartitionTally tally = new();
        for (int seed = 0; seed < Chains; seed++) await RunAsync(seed, tally);
        output.WriteLine($"{Chains} chains: {tally}");
        tally.AssertVaried(Chains);
    }

    private static async Task RunAsync(int seed, PartitionTally tally)
    {
        Random random = new(seed);
        WorkerWorld world = new(0);
        PartitionedWorker[] workers =
        [
            new(Cutting.EveryBlock, random), new(Cutting.AtRandom, random), new(Cutting.OneJump, random), new(Cutting.RestartAtEachCut, random), new(Cutting.StorageProofs, random),
        ];
        foreach (PartitionedWorker worker in workers) worker.Join(world);
        world.BeginCluster();
        RandomCommands commands = new(world, random);
        for (int blocks = random.Next(6, 20); blocks > 0; blocks--)
        {
            commands.Push();
            world.Pallets.Seal(changes: random.Next(6) == 0);
            foreach (PartitionedWorker worker in workers) await worker.RelayAsync(world, isLast: false);
        }

        // Whoever was restarted waits for its new session's keys, and whoever waited has everything in one delivery.
        for (int round = 0; round < 12; round++)
        {
            foreach (PartitionedWorker worker in workers) await worker.RelayAsync(world, isLast: true);
            if (!world.Pallets.HasMessages) break;
            world.Pallets.Seal();
        }

        AssertEqual(world, workers, tally);
        tally.Commands += commands.Count;
    }

    private static void AssertEqual(WorkerWorld world, PartitionedWorker[] workers, PartitionTally tally)
    {
        PartitionedWorker first = workers[0];
        Hash256 root = RestartTests.RootOf(first.Worker);
        foreach (PartitionedWorker worker in workers)
        {
            SyncStatus status = worker.Worker.Status;
            Assert.Equal(world.Chain.Best.Id, status.Head);
            Assert.All(status.Streams.ToArray(), stream => Assert.Equal((StreamState.Running, world.Chain.Best.Queue), (stream.State, stream.Applied)));
            Assert.True(root == RestartTests.RootOf(worker.Worker), $"{worker.Cutting} reaches another root.");
            if (!worker.MayComeLate) Assert.Equal(first.Reports.Keys.Order(), worker.Reports.Keys.Order());
            foreach ((ulong count, ClusterReport report) in worker.Reports) Assert.Equal(first.Reports[count], report);
            foreach ((ulong sequence, Message message) in first.Egress) Assert.True(!worker.Egress.TryGetValue(sequence, out Message? other) || other == message, $"{worker.Cutting} sends another message {sequence}.");
        }

        tally.Count(workers);
    }
}
