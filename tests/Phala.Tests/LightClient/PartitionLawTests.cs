using System.Globalization;
using Phala.LightClient;
using Phala.LightClient.Delivery;
using Phala.Testing.Chain;
using Xunit;

namespace Phala.Tests.LightClient;

/// <summary>However a chain is cut into requests, the same entries arrive and the same head is reached.</summary>
public sealed class PartitionLawTests(ITestOutputHelper output)
{
    private static readonly int Chains = int.Parse(Environment.GetEnvironmentVariable("PHALA_LIGHT_CHAINS") ?? "60", CultureInfo.InvariantCulture);

    [Fact]
    public void CutsDecideNothing()
    {
        int entries = 0, ticks = 0, changes = 0, cuts = 0, bodies = 0;
        for (int seed = 0; seed < Chains; seed++)
        {
            Random random = new(seed);
            QueueChain chain = RandomQueueChain.Make(seed, random.Next(20, 90));
            VerifiedEntry[] expected = Run(chain, [chain.Height], LightClientMode.Digest, restarts: false);
            int[] steps = [.. Enumerable.Range(1, chain.Height)], some = RandomCuts(chain.Height, random);
            Assert.Equal(expected, Run(chain, steps, LightClientMode.Digest, restarts: false));
            Assert.Equal(expected, Run(chain, some, LightClientMode.Digest, restarts: true));
            Assert.Equal(expected, Run(chain, RandomCuts(chain.Height, random), LightClientMode.StorageProof, restarts: true));
            entries += expected.Length;
            ticks += expected.Count(entry => entry.Entry.Channels.Length == 0);
            bodies += expected.Sum(entry => entry.Channels.Length);
            changes += chain.Blocks.Count(block => block.Changes);
            cuts += some.Length;
        }

        output.WriteLine($"{Chains} chains, {changes} changes of the set, {entries} entries, {ticks} ticks, {bodies} bodies, {cuts} random cuts");
        Assert.True(changes > Chains && ticks > Chains / 5 && bodies > entries && cuts > Chains, "the chains are too much alike");
    }

    private static int[] RandomCuts(int height, Random random)
    {
        double share = random.NextDouble();
        return [.. Enumerable.Range(1, height).Where(number => number == height || random.NextDouble() < share)];
    }

    private static VerifiedEntry[] Run(QueueChain chain, int[] stops, LightClientMode mode, bool restarts)
    {
        ChainFollower follower = chain.Start(mode);
        List<VerifiedEntry> delivered = [];
        QueueCursor cursor = QueueCursor.Start;
        int at = 0;
        foreach (int to in stops)
        {
            AdvanceProof proof = mode == LightClientMode.Digest ? chain.Jump(at, to) : chain.Walk(at, to);
            Assert.Equal(default, follower.Advance(proof, out IReadOnlyList<DerivedEntry> derived));
            DerivedEntry[] entries = [.. chain.Entries(at, to)];
            if (mode == LightClientMode.StorageProof) Assert.Equal(entries, derived);
            cursor = Deliver(follower.Head, cursor, entries, delivered);
            at = to;
            if (restarts) Assert.Equal(RestoreError.None, ChainFollower.TryRestore(chain.Genesis, follower.Save(), out follower!));
        }

        Assert.Equal((chain.Best.Queue, chain.Best.Id), (follower.Head.Queue, follower.Head.Block));
        Assert.Equal(chain.Best.Queue, cursor.Head);
        return [.. delivered];
    }

    private static QueueCursor Deliver(VerifiedHead head, QueueCursor cursor, DerivedEntry[] entries, List<VerifiedEntry> delivered)
    {
        EntryError error = EntryDelivery.TryBegin(cursor, head, new QueueWaypoints(), [.. entries.Select(entry => entry.Entry.Hash())], out EntryDelivery? delivery);
        Assert.Equal(entries.Length == 0 ? EntryError.NothingToDeliver : EntryError.None, error);
        foreach (DerivedEntry entry in entries)
        {
            Assert.Equal(EntryError.None, delivery!.TryNext(entry.Entry, entry.Bodies, RandomQueueChain.ChannelsOf(entry.Entry), out VerifiedEntry? verified));
            delivered.Add(verified!);
        }

        return delivery?.Cursor ?? cursor;
    }
}
