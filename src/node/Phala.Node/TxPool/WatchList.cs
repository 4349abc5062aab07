using Phala.Chain;
using Phala.Trie;

namespace Phala.Node.TxPool;

/// <summary>Who watches which transactions, and in which blocks those are. For one thread at a time.</summary>
internal sealed class WatchList(int capacity, int timeoutBlocks)
{
    private readonly Dictionary<Hash256, List<TransactionWatch>> _watches = [];
    private readonly Dictionary<Hash256, List<(Hash256 Transaction, uint Index)>> _blocks = [];
    private readonly Queue<BlockId> _unfinalized = new();

    public int Count { get; private set; }

    public bool TryAdd(TransactionWatch watch)
    {
        if (Count >= capacity) return false;
        if (!_watches.TryGetValue(watch.Hash, out List<TransactionWatch>? watches)) _watches.Add(watch.Hash, watches = []);
        watches.Add(watch);
        Count++;
        return true;
    }

    public void Remove(TransactionWatch watch)
    {
        if (!_watches.TryGetValue(watch.Hash, out List<TransactionWatch>? watches) || !watches.Remove(watch)) return;
        Count--;
        watch.Complete();
        if (watches.Count == 0) _watches.Remove(watch.Hash);
    }

    /// <summary>Tells all who watch a transaction.</summary>
    public void Send(in Hash256 transaction, in TransactionStatus status)
    {
        if (!_watches.TryGetValue(transaction, out List<TransactionWatch>? watches)) return;
        for (int index = watches.Count - 1; index >= 0; index--)
        {
            if (watches[index].Send(status)) continue;
            watches.RemoveAt(index);
            Count--;
        }

        if (watches.Count == 0) _watches.Remove(transaction);
    }

    /// <summary>A block of the best chain holds a transaction.</summary>
    public void Included(in Hash256 transaction, BlockId block, uint index)
    {
        if (!_watches.ContainsKey(transaction)) return;
        if (!_blocks.TryGetValue(block.Hash, out List<(Hash256, uint)>? transactions))
        {
            _blocks.Add(block.Hash, transactions = []);
            _unfinalized.Enqueue(block);
        }

        transactions.Add((transaction, index));
        Send(transaction, new TransactionStatus(TransactionStatusKind.InBlock, block.Hash, index));
    }

    /// <summary>A block is not on the best chain any more.</summary>
    public void Retracted(Hash256 block) => End(block, TransactionStatusKind.Retracted);

    /// <summary>A block is final.</summary>
    public void Finalized(Hash256 block) => End(block, TransactionStatusKind.Finalized);

    /// <summary>Gives up on blocks that are far below the best one.</summary>
    public void TimeOut(uint best)
    {
        while (_unfinalized.TryPeek(out BlockId oldest) && (!_blocks.ContainsKey(oldest.Hash) || (ulong)oldest.Number + (uint)timeoutBlocks <= best))
        {
            End(oldest.Hash, TransactionStatusKind.FinalityTimeout);
            _unfinalized.Dequeue();
        }
    }

    private void End(Hash256 block, TransactionStatusKind kind)
    {
        if (!_blocks.Remove(block, out List<(Hash256 Transaction, uint Index)>? transactions)) return;
        foreach ((Hash256 transaction, uint index) in transactions) Send(transaction, new TransactionStatus(kind, block, index));
    }
}
