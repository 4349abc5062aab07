namespace Phala.Node.Rpc;

/// <summary>Subscriptions that all get the same notifications, such as new heads: what is published is serialized once, however many there are. Closed ones leave by themselves.</summary>
public sealed class SubscriptionSet
{
    private readonly Lock _lock = new();
    private Subscription[] _members = [];

    /// <summary>How many subscriptions there are.</summary>
    public int Count => Volatile.Read(ref _members).Length;

    /// <summary>Adds a subscription, which gets this first, then everything that is published from now on.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="first">Makes the first notification; while it is made nothing is published, so that none is missed and none comes twice. Null for none.</param>
    public void Add(Subscription subscription, Func<ReadOnlyMemory<byte>>? first = null)
    {
        lock (_lock)
        {
            if (first is not null) subscription.Push(first());
            _members = [.. _members, subscription];
        }

        subscription.Closed.Register(() => Remove(subscription));
    }

    /// <summary>Pushes a notification to every subscription.</summary>
    /// <param name="json">One JSON value, which must never change.</param>
    public void Publish(ReadOnlyMemory<byte> json)
    {
        lock (_lock)
        {
            foreach (Subscription member in _members) member.Push(json);
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock) _members = [.. _members.Where(member => member != subscription)];
    }
}
