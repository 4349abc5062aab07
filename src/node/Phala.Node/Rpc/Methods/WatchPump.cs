using Phala.Node.TxPool;

namespace Phala.Node.Rpc.Methods;

/// <summary>Carries what happens to a watched transaction to who subscribed to it.</summary>
internal static class WatchPump
{
    private static readonly RpcError CutOff = new(RpcErrorCode.InternalError, "Too much happened to the transaction to be told");

    /// <summary>Runs until the last status, or until nobody listens; then the subscription ends and the pool forgets the watch.</summary>
    /// <param name="watch">The transaction.</param>
    /// <param name="subscription">Who is told.</param>
    /// <param name="write">A status as JSON; null where it is not told.</param>
    public static async Task RunAsync(TransactionWatch watch, Subscription subscription, Func<TransactionStatus, byte[]?> write)
    {
        using (watch)
        using (subscription.Closed.Register(watch.Dispose))
        {
            await foreach (TransactionStatus status in watch.Statuses.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                if (write(status) is { } json) subscription.Push(json);
            }
        }

        if (watch.IsCutOff) subscription.Fail(CutOff);
        else subscription.Stop();
    }
}
