using Phala.Clusters.Pink;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Worker.Contracts;

/// <summary>What this worker remembers for contracts, for a while: in memory, and for nobody but the contract that said so.</summary>
/// <remarks>
/// <b>Invariant.</b> All entries together are never larger than <see cref="Room"/>. A contract stores no more than its share, which is its weight among those of all contracts that have something stored;
/// who came to have more than a share, because others came, keeps it until the room is needed. What has expired is not found, and nothing brings it back.
/// <b>Work.</b> An entry is touched a logarithm's worth when it is stored, changed and removed, whoever causes that; what is beyond is to look once at each contract when the room is full.
/// </remarks>
/// <param name="time">Its timestamps count, which go on evenly whatever the machine's clock is set to.</param>
internal sealed class ContractCache(TimeProvider time)
{
    /// <summary>The room of all contracts together in bytes.</summary>
    public const long Room = 20 * 1024 * 1024;

    /// <summary>What an entry takes beside its key and value: the objects that hold it.</summary>
    public const int EntryOverhead = 384;

    /// <summary>How many seconds is remembered what nobody set a time for: a week.</summary>
    public const ulong UsualLife = 7 * 24 * 3600;

    /// <summary>No time that a contract sets is longer, in seconds: ten years.</summary>
    public const ulong LongestLife = 3650UL * 24 * 3600;

    private readonly Lock _lock = new();
    private readonly Dictionary<Hash256, CacheShelf> _shelves = [];
    private readonly SortedSet<CacheEntry> _byEnd = [];
    private long _size;
    private ulong _weights;
    private ulong _stored;

    /// <summary>What is remembered, in bytes.</summary>
    public long Size
    {
        get
        {
            lock (_lock) return _size;
        }
    }

    /// <summary>Remembers a value.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="weight">Its weight now; 0 where it may have nothing remembered, and then nothing is.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>False where the contract's share has no room for it; what was there before stays.</returns>
    public bool TrySet(in Hash256 contract, uint weight, Vec<byte> key, Vec<byte> value)
    {
        lock (_lock)
        {
            Sweep();
            CacheShelf shelf = Weigh(contract, weight);
            long size = SizeOf(key, value), before = shelf.Entries.TryGetValue(key, out CacheEntry? old) ? old.Size : 0;
            ulong weights = shelf.Entries.Count == 0 ? _weights + weight : _weights;
            if (weight == 0 || shelf.Size - before + size > Share(weight, weights)) return false;
            if (old is not null) Drop(old);
            Add(new CacheEntry(shelf, key, value, size, EndAfter(UsualLife), ++_stored));
            if (_size > Room) MakeRoom();
            return true;
        }
    }

    /// <summary>Says for how many seconds a value is remembered from now on. What is not there stays away.</summary>
    public void SetExpiration(in Hash256 contract, Vec<byte> key, ulong seconds)
    {
        lock (_lock)
        {
            Sweep();
            if (Find(contract, key) is not { } entry) return;
            Drop(entry);
            if (seconds > 0) Add(entry with { End = EndAfter(seconds) });
        }
    }

    /// <summary>A value; null where there is none.</summary>
    public Vec<byte>? Get(in Hash256 contract, Vec<byte> key)
    {
        lock (_lock)
        {
            Sweep();
            return Find(contract, key)?.Value;
        }
    }

    /// <summary>Forgets a value, which it returns; null where there is none.</summary>
    public Vec<byte>? Remove(in Hash256 contract, Vec<byte> key)
    {
        lock (_lock)
        {
            Sweep();
            CacheEntry? entry = Find(contract, key);
            if (entry is not null) Drop(entry);
            return entry?.Value;
        }
    }

    /// <summary>Does what a command said once it has returned.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="weight">Its weight now.</param>
    /// <param name="operation">What it said.</param>
    public void Apply(in Hash256 contract, uint weight, CacheOperation operation)
    {
        switch (operation)
        {
            case CacheOperation.Set set:
                TrySet(contract, weight, set.Key, set.Value);
                return;
            case CacheOperation.SetExpiration expiration:
                SetExpiration(contract, expiration.Key, expiration.Expiration);
                return;
            case CacheOperation.Remove remove:
                Remove(contract, remove.Key);
                return;
            default:
                return;
        }
    }

    /// <summary>Gives a contract another share at once. With none, what it has is forgotten; with less, what is too much goes when the room is needed.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="weight">Its weight.</param>
    public void SetWeight(in Hash256 contract, uint weight)
    {
        lock (_lock) Weigh(contract, weight);
    }

    private static long SizeOf(Vec<byte> key, Vec<byte> value) => EntryOverhead + key.Length + (long)value.Length;

    private static long Share(uint weight, ulong weights) => weights == 0 ? 0 : (long)((UInt128)Room * weight / weights);

    private long EndAfter(ulong seconds) => time.GetTimestamp() + ((long)Math.Min(seconds, LongestLife) * time.TimestampFrequency);

    private CacheEntry? Find(in Hash256 contract, Vec<byte> key) => _shelves.TryGetValue(contract, out CacheShelf? shelf) && shelf.Entries.TryGetValue(key, out CacheEntry? entry) ? entry : null;

    /// <summary>What has expired goes before anything else is done, so that no clock that goes back finds it again.</summary>
    private void Sweep()
    {
        long now = time.GetTimestamp();
        while (_byEnd.Min is { } first && first.End <= now) Drop(first);
    }

    /// <summary>A contract's shelf, with its weight as it is now. What a contract of weight 0 has is gone.</summary>
    private CacheShelf Weigh(in Hash256 contract, uint weight)
    {
        if (!_shelves.TryGetValue(contract, out CacheShelf? shelf)) return new CacheShelf(contract) { Weight = weight };
        while (weight == 0 && shelf.ByEnd.Min is { } entry) Drop(entry);
        if (shelf.Entries.Count > 0) _weights = _weights - shelf.Weight + weight;
        shelf.Weight = weight;
        return shelf;
    }

    private void Add(CacheEntry entry)
    {
        CacheShelf shelf = entry.Shelf;
        if (shelf.Entries.Count == 0)
        {
            _shelves.Add(shelf.Contract, shelf);
            _weights += shelf.Weight;
        }

        shelf.Entries.Add(entry.Key, entry);
        shelf.ByEnd.Add(entry);
        shelf.Size += entry.Size;
        _byEnd.Add(entry);
        _size += entry.Size;
    }

    private void Drop(CacheEntry entry)
    {
        CacheShelf shelf = entry.Shelf;
        shelf.Entries.Remove(entry.Key);
        shelf.ByEnd.Remove(entry);
        shelf.Size -= entry.Size;
        _byEnd.Remove(entry);
        _size -= entry.Size;
        if (shelf.Entries.Count > 0) return;
        _shelves.Remove(shelf.Contract);
        _weights -= shelf.Weight;
    }

    /// <summary>Those who have more than their share give, who has most too much first, what would end next; all shares together are not more than the room, so that it suffices.</summary>
    private void MakeRoom()
    {
        (CacheShelf Shelf, long Share)[] over =
        [
            .. _shelves.Values.Select(shelf => (Shelf: shelf, Share: Share(shelf.Weight, _weights))).Where(each => each.Shelf.Size > each.Share)
                .OrderByDescending(each => each.Shelf.Size - each.Share).ThenBy(each => each.Shelf.Contract),
        ];
        foreach ((CacheShelf shelf, long share) in over)
        {
            while (_size > Room && shelf.Size > share && shelf.ByEnd.Min is { } entry) Drop(entry);
        }
    }
}
