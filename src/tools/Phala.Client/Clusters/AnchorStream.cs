using System.Runtime.CompilerServices;
using Phala.Chain;
using Phala.Client.Blocks;
using Phala.Runtime.Interface.Clusters;

namespace Phala.Client.Clusters;

/// <summary>The states of a cluster that the chain holds, as they come.</summary>
/// <param name="cluster">The cluster.</param>
internal sealed class AnchorStream(ClusterClient cluster)
{
    /// <summary>No anchor twice, the present one first; one that is replaced at once may be passed over. News of blocks only say when to look: what is yielded is proven.</summary>
    public async IAsyncEnumerable<ClientResult<ClusterAnchor>> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        ClientResult<ClientSubscription<Header>> subscribed = await cluster.Chain.Blocks.SubscribeAsync(HeadKind.Finalized, stop).ConfigureAwait(false);
        if (!subscribed.TryGet(out ClientSubscription<Header>? heads, out ClientFailure? failure))
        {
            yield return failure;
            yield break;
        }

        await using (heads.ConfigureAwait(false))
        {
            ClusterAnchor? last = null;
            while (true)
            {
                ClientResult<Header> news = await heads.NextAsync(stop).ConfigureAwait(false);
                ClientResult<ClusterFacts> known = news.IsOk ? await cluster.FactsAsync(stop).ConfigureAwait(false) : news.Failure!;
                if (!known.TryGet(out ClusterFacts? facts, out failure))
                {
                    yield return failure;
                    yield break;
                }

                if (!facts.Anchor.TryGet(out ClusterAnchor anchor) || anchor == last) continue;
                last = anchor;
                yield return anchor;
            }
        }
    }
}
