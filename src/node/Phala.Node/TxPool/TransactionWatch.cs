using System.Threading.Channels;
using Phala.Trie;

namespace Phala.Node.TxPool;

/// <summary>
/// One watcher of one transaction. Statuses come in order; after the last one, after <see cref="Dispose"/>, and where the reader was too far behind, the stream ends.
/// </summary>
public sealed class TransactionWatch : IDisposable
{
    private readonly Channel<TransactionStatus> _statuses;
    private readonly Action<TransactionWatch> _end;

    internal TransactionWatch(Hash256 hash, int capacity, Action<TransactionWatch> end)
    {
        (Hash, _end) = (hash, end);
        _statuses = Channel.CreateBounded<TransactionStatus>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
    }

    /// <summary>The transaction's hash.</summary>
    public Hash256 Hash { get; }

    /// <summary>Whether statuses were lost because the reader was too far behind.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>The statuses.</summary>
    public ChannelReader<TransactionStatus> Statuses => _statuses.Reader;

    /// <summary>Stops watching.</summary>
    public void Dispose() => _end(this);

    /// <returns>Whether others may follow.</returns>
    internal bool Send(in TransactionStatus status)
    {
        IsCutOff = !_statuses.Writer.TryWrite(status);
        if (!IsCutOff && !status.IsLast) return true;
        _statuses.Writer.TryComplete();
        return false;
    }

    internal void Complete() => _statuses.Writer.TryComplete();
}
