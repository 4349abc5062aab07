using Phala.Chain;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Trie;

namespace Phala.LoadGenerator.Pipeline;

/// <summary>Counts a cluster's receipts in final blocks until all have come.</summary>
/// <param name="chain">The chain.</param>
/// <param name="cluster">The cluster.</param>
/// <param name="expected">How many are waited for.</param>
internal sealed class ReceiptWatch(ChainClient chain, Hash256 cluster, int expected)
{
    private readonly List<int> _blocks = [];

    /// <summary>How many came with each final block that had any.</summary>
    public IEnumerable<int> OfBlocks => _blocks;

    /// <summary>Counts.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        ClientSubscription<Header> final = (await chain.Blocks.SubscribeAsync(HeadKind.Finalized, stop).ConfigureAwait(false)).Require();
        await using (final.ConfigureAwait(false))
        {
            uint next = 0;
            for (int left = expected; left > 0;)
            {
                Header head = (await final.NextAsync(stop).ConfigureAwait(false)).Require();
                for (next = next == 0 ? head.Number : next; next <= head.Number; next++)
                {
                    int count = await CountAsync(next, stop).ConfigureAwait(false);
                    if (count > 0) _blocks.Add(count);
                    left -= count;
                }
            }
        }
    }

    private async Task<int> CountAsync(uint number, CancellationToken stop)
    {
        Hash256 block = (await chain.Blocks.HashAsync(number, stop).ConfigureAwait(false)).Require();
        Vec<EventRecord> events = (await chain.Storage.GetAsync(FrameSystem.Events, block, stop).ConfigureAwait(false)).Require();
        int count = 0;
        foreach (EventRecord record in events)
        {
            if (record.Event is not RuntimeEvent<PhalaPhatContracts.CommandExecuted> executed || executed.Value.Cluster != cluster) continue;
            if (executed.Value.Receipt.Status is not ReceiptStatus.Executed) throw new InvalidOperationException($"A command was not executed: {executed.Value.Receipt.Status}.");
            count++;
        }

        return count;
    }
}
