namespace Phala.Node.Rpc.Methods;

/// <summary>How many keys the subscriptions of one connection watch together.</summary>
internal sealed class WatchedKeys(int limit)
{
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds those of a subscription, until that ends.</summary>
    /// <returns>False where they are too many.</returns>
    public bool TryAdd(int keys, Subscription subscription)
    {
        if (Interlocked.Add(ref _count, keys) > limit)
        {
            Interlocked.Add(ref _count, -keys);
            return false;
        }

        subscription.Closed.Register(() => Interlocked.Add(ref _count, -keys));
        return true;
    }
}
