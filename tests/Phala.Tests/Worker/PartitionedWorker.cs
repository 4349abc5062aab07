using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>A worker that is brought a chain in a way of its own, and everything that it sends.</summary>
internal sealed class PartitionedWorker(Cutting cutting, Random random)
{
    public Cutting Cutting => cutting;

    public TestWorker Worker { get; } = new();

    /// <summary>What it reported, by the entry. A restart makes it report again: the same, or the test fails.</summary>
    public Dictionary<ulong, ClusterReport> Reports { get; } = [];

    /// <summary>The cluster's messages as it sent them, by sequence.</summary>
    public Dictionary<ulong, Message> Egress { get; } = [];

    /// <summary>Whether it may know that the chain has an entry's report before it applies the entry, and so does not report it: it reads so at once, or waits for keys.</summary>
    public bool MayComeLate => cutting is Cutting.AtRandom or Cutting.RestartAtEachCut;

    public int Deliveries { get; private set; }

    public int Kills { get; private set; }

    /// <summary>Entries that were applied more than once, because a kill had undone them.</summary>
    public int ReportedAgain { get; private set; }

    public void Join(WorkerWorld world) => world.Add(Worker, cutting == Cutting.StorageProofs ? QueueSource.StorageProofs : QueueSource.Queue);

    public async Task RelayAsync(WorkerWorld world, bool isLast)
    {
        bool isHeld = cutting == Cutting.OneJump || (cutting != Cutting.EveryBlock && random.Next(3) != 0);
        if (isHeld && !isLast) return;
        // A worker lets reports go that the chain needs no more, as soon as it reads so: what it makes of entries is read before.
        Take(world, withFacts: cutting == Cutting.AtRandom && random.Next(2) == 0);
        Worker.Relayer.Deliver(world.Chain, cutting == Cutting.EveryBlock ? 1 : random.Next(1, 9));
        Deliveries++;
        Collect();
        if (isLast || random.Next(3) != 0) Take(world, withFacts: true);
        Worker.Relayer.Submit(world.Pallets);
        if (cutting != Cutting.RestartAtEachCut || isLast) return;
        Kills++;
        await Worker.KillAndStartAsync();
    }

    private void Take(WorkerWorld world, bool withFacts)
    {
        SyncReply reply = Worker.Relayer.Advance(world.Chain, world.Chain.Height, withFacts);
        Assert.True(reply.Outcome == SyncOutcome.Taken, $"{cutting}: {reply.Outcome} {reply.Detail}");
    }

    private void Collect()
    {
        foreach (SignedClusterReport signed in Worker.Relayer.Reports())
        {
            if (Reports.TryGetValue(signed.Report.Queue.Count, out ClusterReport? known))
            {
                Assert.Equal(known, signed.Report);
                ReportedAgain++;
            }

            Reports[signed.Report.Queue.Count] = signed.Report;
        }

        foreach (OutboundMessages outbound in Worker.Relayer.Messages())
        {
            foreach (SignedMessage message in outbound.Messages)
            {
                if (message.Message.Sender is not MessageOrigin.Cluster) continue;
                if (Egress.TryGetValue(message.Sequence, out Message? known)) Assert.Equal(known, message.Message);
                Egress[message.Sequence] = message.Message;
            }
        }
    }
}
