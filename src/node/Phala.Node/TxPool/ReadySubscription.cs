using System.Threading.Channels;

namespace Phala.Node.TxPool;

/// <summary>A stream of transactions as they become ready, for the author, who has work then, and for gossip. Who is too far behind misses the oldest.</summary>
public sealed class ReadySubscription : IDisposable
{
    private readonly Channel<PoolTransaction> _transactions;
    private readonly Action<ReadySubscription> _end;

    internal ReadySubscription(int capacity, Action<ReadySubscription> end)
    {
        _end = end;
        _transactions = Channel.CreateBounded<PoolTransaction>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleWriter = true });
    }

    /// <summary>The transactions.</summary>
    public ChannelReader<PoolTransaction> Transactions => _transactions.Reader;

    /// <summary>Ends the stream.</summary>
    public void Dispose()
    {
        _end(this);
        _transactions.Writer.TryComplete();
    }

    internal void Send(PoolTransaction transaction) => _transactions.Writer.TryWrite(transaction);
}
