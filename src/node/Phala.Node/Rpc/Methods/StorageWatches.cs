namespace Phala.Node.Rpc.Methods;

/// <summary>Subscriptions to storage; those to the same keys share one watch. Used under the broadcast's lock.</summary>
internal sealed class StorageWatches
{
    private readonly Dictionary<string, StorageWatch> _watches = new(StringComparer.Ordinal);

    /// <summary>Adds a subscription, which gets the values at a block first.</summary>
    /// <returns>False where the block's state is not there.</returns>
    public bool TryAdd(Subscription subscription, byte[][] keys, KnownBlock at)
    {
        if (at.State is null) return false;
        string name = string.Join(',', keys.Select(Convert.ToHexString));
        if (!_watches.TryGetValue(name, out StorageWatch? watch)) _watches.Add(name, watch = new StorageWatch(keys, at));
        watch.Add(subscription, at);
        return true;
    }

    /// <summary>Tells what is different at another block, and forgets watches that nobody has.</summary>
    /// <param name="best">The block.</param>
    /// <param name="delta">What it changed, where it is right above the one before; otherwise null.</param>
    public void Tell(KnownBlock best, Trie.Storage.StateDelta? delta)
    {
        foreach ((string name, StorageWatch watch) in _watches)
        {
            if (watch.IsAbandoned) _watches.Remove(name);
            else watch.Tell(best, delta);
        }
    }
}
