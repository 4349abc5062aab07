using Phala.Chain;
using Phala.Client;
using Phala.Client.Blocks;

namespace Phala.Relayer.Node;

/// <summary>The chain's last final block, as the node tells it, and a signal when there is a newer one.</summary>
/// <param name="chain">The connection.</param>
public sealed class ChainFeed(ChainClient chain)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The last final block; null before the first news.</summary>
    public BlockId? Finalized { get; private set; }

    /// <summary>Ends when there is a newer final block than the last time this was asked, or any at all.</summary>
    public Task News
    {
        get
        {
            lock (_lock) return _news.Task;
        }
    }

    /// <summary>Follows the chain until it is stopped.</summary>
    /// <returns>What ended it. The connection has to be made again.</returns>
    public async Task<ClientFailure> RunAsync(CancellationToken stop)
    {
        ClientResult<ClientSubscription<Header>> subscribed = await chain.Blocks.SubscribeAsync(HeadKind.Finalized, stop).ConfigureAwait(false);
        if (!subscribed.TryGet(out ClientSubscription<Header>? heads, out ClientFailure? failure)) return failure;
        await using (heads.ConfigureAwait(false))
        {
            while (true)
            {
                ClientResult<Header> news = await heads.NextAsync(stop).ConfigureAwait(false);
                if (!news.TryGet(out Header head, out failure)) return failure;
                Tell(BlockId.Of(head));
            }
        }
    }

    private void Tell(BlockId block)
    {
        TaskCompletionSource told;
        lock (_lock)
        {
            Finalized = block;
            told = _news;
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        told.SetResult();
    }
}
