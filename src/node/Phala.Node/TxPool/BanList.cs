using Phala.Runtime.Interface.Transactions;
using Phala.Trie;

namespace Phala.Node.TxPool;

/// <summary>Hashes of transactions that were invalid for a reason that does not soon go away. They all stay for the same time, so the oldest goes first. For one thread at a time.</summary>
internal sealed class BanList(TimeProvider time, TimeSpan duration, int capacity)
{
    private readonly HashSet<Hash256> _banned = [];
    private readonly Queue<(Hash256 Hash, long Since)> _order = new();

    public int Count => _banned.Count;

    public bool Contains(in Hash256 hash)
    {
        Expire();
        return _banned.Contains(hash);
    }

    public void Add(in Hash256 hash)
    {
        Expire();
        if (capacity == 0 || !_banned.Add(hash)) return;
        if (_banned.Count > capacity) _banned.Remove(_order.Dequeue().Hash);
        _order.Enqueue((hash, time.GetTimestamp()));
    }

    public void Clear()
    {
        _banned.Clear();
        _order.Clear();
    }

    /// <summary>Whether a reason stays: those that money, room in a block or a pallet's state may cure do not.</summary>
    public static bool IsLasting(PoolRefusal refusal) => refusal.Error == PoolError.Invalid
        && (InvalidTransaction)refusal.Validity.Reason is not (InvalidTransaction.Payment or InvalidTransaction.Future or InvalidTransaction.ExhaustsResources or InvalidTransaction.Custom);

    private void Expire()
    {
        while (_order.TryPeek(out (Hash256 Hash, long Since) oldest) && time.GetElapsedTime(oldest.Since) >= duration)
        {
            _banned.Remove(oldest.Hash);
            _order.Dequeue();
        }
    }
}
