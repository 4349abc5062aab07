using System.Diagnostics.CodeAnalysis;
using Phala.Node.TxPool.Graph;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie;

namespace Phala.Node.TxPool;

/// <summary>
/// The ready transactions in the order of an author: each after those that it builds on, and of those that could be next the one with the highest priority. The pool is
/// not copied and goes on meanwhile: what left it is passed over, and what came is seen if its turn is not over. For one thread at a time.
/// </summary>
public sealed class ReadyIterator
{
    private const int Ahead = 64;

    private readonly PoolState _pool;
    private readonly Queue<PoolNode> _heads = new(Ahead);
    private readonly PriorityQueue<PoolNode, (ulong Priority, ulong ValidTill, long Sequence)> _unlocked = new(Comparer<(ulong Priority, ulong ValidTill, long Sequence)>.Create(Compare));
    private readonly HashSet<PoolNode> _seen = [], _good = [];
    private readonly Hash256? _parent;
    private PoolNode? _cursor, _last;

    /// <param name="pool">The pool.</param>
    /// <param name="parent">The block that is built on; null for the one that the pool stands at.</param>
    internal ReadyIterator(PoolState pool, Hash256? parent) => (_pool, _parent) = (pool, parent);

    /// <summary>Whether the pool knows the block that is built on, and so has let go what that block and those before it hold.</summary>
    private bool KnowsParent => _parent is null || _parent == _pool.View.Best.Hash;

    /// <summary>The next transaction.</summary>
    public bool TryNext([NotNullWhen(true)] out PoolTransaction? transaction)
    {
        lock (_pool.Gate)
        {
            if (_last is not null) Unlock(_last);
            _last = null;
            while (TryTake(out PoolNode? node))
            {
                if (node.Place != NodePlace.Ready || !_seen.Add(node)) continue;
                _good.Add(node);
                _last = node;
                break;
            }

            transaction = _last?.Transaction;
            return transaction is not null;
        }
    }

    /// <summary>
    /// Says that the block did not take the last one: those that build on it are passed over. It leaves the pool, with those, unless it only did not fit into this block. While the pool does not
    /// know the block that is built on yet, nothing leaves it: what is outdated there is in a block already, which its watchers are to hear of, and what builds on it comes next.
    /// </summary>
    public void Refuse(TransactionValidityError why)
    {
        if (_last is null) return;
        lock (_pool.Gate)
        {
            PoolNode node = _last;
            bool isStale = !why.IsUnknown && why.Reason == (byte)InvalidTransaction.Stale, knowsParent = KnowsParent;
            if (isStale && !knowsParent) return;
            _good.Remove(node);
            _last = null;
            if (!knowsParent || why.IsExhaustsResources || why.IsFuture || node.Place != NodePlace.Ready) return;
            if (isStale) _pool.Graph.RemoveOutdated(node);
            else _pool.Graph.Remove(node, ChangeKind.Invalid);
            if (BanList.IsLasting(PoolRefusal.Of(why))) _pool.Bans.Add(node.Transaction.Hash);
            _pool.Tally.Invalid++;
            _pool.Tell();
        }
    }

    private void Unlock(PoolNode node)
    {
        foreach (PoolNode dependent in node.Dependents.ToArray())
        {
            bool isFree = dependent.Place == NodePlace.Ready && Array.TrueForAll(dependent.Providers, provider => provider == PoolNode.Chain || _good.Contains(provider!));
            if (isFree) _unlocked.Enqueue(dependent, KeyOf(dependent));
        }
    }

    private bool TryTake([NotNullWhen(true)] out PoolNode? node)
    {
        if (_heads.Count == 0) LookAhead();
        bool hasHead = _heads.TryPeek(out PoolNode? head), hasUnlocked = _unlocked.TryPeek(out node, out var key);
        if (hasHead && (!hasUnlocked || Compare(KeyOf(head!), key) < 0)) return _heads.TryDequeue(out node);
        return hasUnlocked && _unlocked.TryDequeue(out node, out _);
    }

    private void LookAhead()
    {
        SortedSet<PoolNode> heads = _pool.Graph.Heads;
        if (heads.Max is not { } end || (_cursor is not null && NodeOrder.BestFirst.Compare(_cursor, end) >= 0)) return;
        foreach (PoolNode head in _cursor is null ? heads : heads.GetViewBetween(_cursor, end))
        {
            if (head == _cursor) continue;
            _heads.Enqueue(head);
            if (_heads.Count == Ahead) break;
        }

        if (_heads.Count > 0) _cursor = _heads.Last();
    }

    private static (ulong Priority, ulong ValidTill, long Sequence) KeyOf(PoolNode node) => (node.Transaction.Priority, node.Transaction.ValidTill, node.Sequence);

    private static int Compare((ulong Priority, ulong ValidTill, long Sequence) left, (ulong Priority, ulong ValidTill, long Sequence) right)
    {
        int order = right.Priority.CompareTo(left.Priority);
        if (order == 0) order = left.ValidTill.CompareTo(right.ValidTill);
        return order != 0 ? order : left.Sequence.CompareTo(right.Sequence);
    }
}
