using Phala.Chain.Extrinsics;
using Phala.Trie;

namespace Phala.Node.TxPool;

/// <summary>A transaction that is submitted again and again, while it is not in the pool, until this is disposed of.</summary>
public sealed class TransactionBroadcast : IDisposable
{
    private readonly Action<TransactionBroadcast> _end;

    internal TransactionBroadcast(Hash256 hash, OpaqueExtrinsic extrinsic, Action<TransactionBroadcast> end)
    {
        (Hash, Extrinsic, _end) = (hash, extrinsic, end);
        InList = new LinkedListNode<TransactionBroadcast>(this);
    }

    /// <summary>The transaction's hash.</summary>
    public Hash256 Hash { get; }

    /// <summary>The transaction.</summary>
    public OpaqueExtrinsic Extrinsic { get; }

    internal LinkedListNode<TransactionBroadcast> InList { get; }

    /// <summary>Stops.</summary>
    public void Dispose() => _end(this);
}
