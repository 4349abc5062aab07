using Phala.Cli.Dev;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Sync;
using Phala.Client.Verification;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Interface.Receipts;
using Phala.Worker.Interface.Sync;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>What is asserted after a load: no command was lost or executed twice, and all members have the same state.</summary>
internal static class ExactlyOnce
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Asserts all of it.</summary>
    /// <param name="network">The network; nothing is sent to it any more.</param>
    /// <param name="load">What was sent.</param>
    /// <param name="quorum">How many members had to report alike, at least.</param>
    /// <param name="members">How many members there are.</param>
    public static async Task AssertAsync(DevNetwork network, CommandLoad load, uint quorum, int members)
    {
        AssertReceipts(network.Chain.Genesis, load, quorum);
        await using ChainClient chain = await network.ConnectAsync(Stop);
        await AssertQueueAsync(chain);
        using VerifiedChain verified = (await VerifiedChain.StartAsync(chain, Stop)).Require();
        using ClusterClient cluster = new(chain, verified, network.Http, DevVault.Cluster);
        await AssertStatesAsync(cluster, load, members);
    }

    private static void AssertReceipts(Hash256 genesis, CommandLoad load, uint quorum)
    {
        ClusterLedger ledger = load.Ledger;
        Assert.Empty(ledger.Wrong);
        LoadedCommand[] sent = [.. load.Accounts.SelectMany(account => account.Commands)];
        Assert.Equal(sent.Length, ledger.Accepted.Count);
        Assert.Equal(sent.ToHashSet(), ledger.Accepted.Values.ToHashSet());
        Assert.Equal(ledger.Accepted.Keys.ToHashSet(), ledger.Receipts.Keys.ToHashSet());
        Assert.All(ledger.Accepted, accepted => Assert.Equal(OutcomeStatus.Succeeded, accepted.Value.StatusOf(genesis, ledger.Receipts[accepted.Key])));
        Assert.All(ledger.Accepted.Keys, id => Assert.True(ledger.Anchors[id.Count].Members >= quorum));
    }

    /// <summary>The entries that the node gives out, one after the other, are what the chain's queue commits to.</summary>
    private static async Task AssertQueueAsync(ChainClient chain)
    {
        SyncReader reader = new(chain);
        Hash256 final = (await chain.Blocks.FinalizedHashAsync(Stop)).Require();
        QueueHead head = (await chain.Storage.GetAsync(PhalaMq.QueueHead, final, Stop)).Require(), folded = QueueHead.Empty;
        uint block = 0;
        while (folded.Count < head.Count)
        {
            IReadOnlyList<DeliveredEntry> entries = (await reader.EntriesAsync(folded.Count, 256, default, Stop)).Require();
            Assert.NotEmpty(entries);
            foreach (DeliveredEntry delivered in entries.Take((int)(head.Count - folded.Count)))
            {
                Assert.True(delivered.Entry.BlockNumber > block);
                (block, folded) = (delivered.Entry.BlockNumber, folded.Append(delivered.Entry.Hash()));
            }
        }

        Assert.Equal(head, folded);
    }

    private static async Task AssertStatesAsync(ClusterClient cluster, CommandLoad load, int members)
    {
        UInt128 given = load.Accounts.SelectMany(account => account.Commands).Aggregate(UInt128.Zero, (sum, command) => sum + command.Amount);
        ClusterFacts facts = (await cluster.FactsAsync(Stop)).Require();
        Assert.Equal(members, facts.Members.Count);
        Assert.True(facts.Anchor.TryGet(out ClusterAnchor anchor));
        List<Hash256> roots = [];
        foreach (ClusterMember member in facts.Members)
        {
            VaultState vault = new(cluster, member);

            // One report suffices here: a member that came back serves while it still executes what others have reported.
            while ((await vault.RootAsync()).Count < anchor.Queue.Count) await Task.Delay(TimeSpan.FromMilliseconds(100), Stop);
            Assert.Equal(given, await vault.BalanceAsync());
            foreach (LoadedAccount account in load.Accounts) Assert.Equal(account.Commands.Select(command => command.Name), await vault.NamesAsync(account.Signer));
            (ulong count, Hash256 root) = await vault.RootAsync();
            Assert.True(count >= anchor.Queue.Count);
            roots.Add(root);
        }

        Assert.All(roots, root => Assert.Equal(anchor.StateRoot, root));
    }
}
