namespace Phala.Node.Rpc.Methods;

/// <summary>How many of something the subscriptions of one connection have together.</summary>
internal sealed class Quota(int limit)
{
    private int _used;

    /// <summary>The most there may be.</summary>
    public int Limit => limit;

    /// <summary>How many there are.</summary>
    public int Used => Volatile.Read(ref _used);

    /// <summary>Adds those of a subscription, until that ends.</summary>
    /// <returns>False where they are too many.</returns>
    public bool TryTake(int count, Subscription subscription)
    {
        if (Interlocked.Add(ref _used, count) > limit)
        {
            Interlocked.Add(ref _used, -count);
            return false;
        }

        subscription.Closed.Register(() => Interlocked.Add(ref _used, -count));
        return true;
    }
}
