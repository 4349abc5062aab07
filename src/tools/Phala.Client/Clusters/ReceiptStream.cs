using System.Runtime.CompilerServices;
using Phala.Chain;
using Phala.Client.Blocks;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Queue;

namespace Phala.Client.Clusters;

/// <summary>The receipts of a cluster's commands, as they come.</summary>
/// <param name="cluster">The cluster.</param>
internal sealed class ReceiptStream(ClusterClient cluster)
{
    private readonly ReceiptFinder _finder = new(cluster);

    /// <summary>Every receipt of the blocks from one on, each proven.</summary>
    /// <param name="from">The number of the first block; null for the next that becomes final.</param>
    /// <param name="stop">Ends the stream.</param>
    public async IAsyncEnumerable<ClientResult<VerifiedReceipt>> ReadAsync(uint? from, [EnumeratorCancellation] CancellationToken stop)
    {
        ClientResult<ClientSubscription<Header>> subscribed = await cluster.Chain.Blocks.SubscribeAsync(HeadKind.Finalized, stop).ConfigureAwait(false);
        if (!subscribed.TryGet(out ClientSubscription<Header>? heads, out ClientFailure? failure))
        {
            yield return failure;
            yield break;
        }

        await using (heads.ConfigureAwait(false))
        {
            uint? next = from;
            await foreach (ClientResult<Header> news in heads.ReadAllAsync(stop).ConfigureAwait(false))
            {
                if (!news.TryGet(out Header head, out failure))
                {
                    yield return failure;
                    yield break;
                }

                for (next ??= head.Number; next <= head.Number; next++)
                {
                    await foreach (ClientResult<VerifiedReceipt> receipt in OfBlockAsync(next.Value, stop).ConfigureAwait(false))
                    {
                        yield return receipt;
                        if (!receipt.IsOk) yield break;
                    }
                }
            }
        }
    }

    private async IAsyncEnumerable<ClientResult<VerifiedReceipt>> OfBlockAsync(uint number, [EnumeratorCancellation] CancellationToken stop)
    {
        ClientResult<IReadOnlyList<(MessageId Id, ClusterReport Report)>> told = await _finder.ReportsAsync(number, _ => true, stop).ConfigureAwait(false);
        if (!told.TryGet(out IReadOnlyList<(MessageId Id, ClusterReport Report)>? receipts, out ClientFailure? failure))
        {
            yield return failure;
            yield break;
        }

        foreach ((MessageId id, ClusterReport report) in receipts)
        {
            ClientResult<ProvenReceipt> proven = await _finder.ProveAsync(number, report, id, stop).ConfigureAwait(false);
            yield return proven.Then<VerifiedReceipt>(found => new VerifiedReceipt(found.File, found.Block));
        }
    }
}
