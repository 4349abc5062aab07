using Phala.Clusters.Pink;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Worker.Contracts;

/// <summary>What this worker remembers for contracts, for a while: in memory, and for nobody but the contract that said so.</summary>
/// <remarks>
/// <b>Invariant.</b> No contract takes more than its share of the room, whatever others do. What has expired is not found, and nothing brings it back.
/// </remarks>
internal sealed class ContractCache(TimeProvider time)
{
    /// <summary>The room of all contracts together in bytes.</summary>
    public const long Room = 20 * 1024 * 1024;

    /// <summary>What an entry takes beside its key and value.</summary>
    public const int EntryOverhead = 64;

    /// <summary>How long is remembered what nobody set a time for.</summary>
    public static readonly TimeSpan UsualLife = TimeSpan.FromDays(7);

    /// <summary>No time that a contract sets is later.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(3650);

    private readonly Lock _lock = new();
    private readonly Dictionary<Hash256, Shelf> _shelves = [];

    /// <summary>Remembers a value.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>False where the contract's share has no room for it; what was there before stays.</returns>
    public bool TrySet(in Hash256 contract, Vec<byte> key, Vec<byte> value)
    {
        lock (_lock)
        {
            if (!_shelves.TryGetValue(contract, out Shelf? shelf)) shelf = new Shelf();
            Sweep(shelf);
            long size = EntryOverhead + key.Length + (long)value.Length, before = shelf.Entries.TryGetValue(key, out Entry? old) ? old.Size : 0;
            int sharing = _shelves.Count + (shelf.Entries.Count == 0 ? 1 : 0);
            if (shelf.Size - before + size > Room / Math.Max(1, sharing)) return false;
            shelf.Entries[key] = new Entry(value, size, time.GetUtcNow() + UsualLife);
            shelf.Size += size - before;
            _shelves[contract] = shelf;
            return true;
        }
    }

    /// <summary>Says for how long a value is remembered from now on. What is not there stays away.</summary>
    public void SetExpiration(in Hash256 contract, Vec<byte> key, ulong seconds)
    {
        lock (_lock)
        {
            if (Find(contract, key) is not { } entry) return;
            TimeSpan life = TimeSpan.FromSeconds(Math.Min(seconds, LongestLife.TotalSeconds));
            _shelves[contract].Entries[key] = entry with { End = time.GetUtcNow() + life };
        }
    }

    /// <summary>A value; null where there is none.</summary>
    public Vec<byte>? Get(in Hash256 contract, Vec<byte> key)
    {
        lock (_lock) return Find(contract, key)?.Value;
    }

    /// <summary>Forgets a value, which it returns; null where there is none.</summary>
    public Vec<byte>? Remove(in Hash256 contract, Vec<byte> key)
    {
        lock (_lock)
        {
            Vec<byte>? value = Find(contract, key)?.Value;
            if (_shelves.TryGetValue(contract, out Shelf? shelf) && shelf.Entries.Remove(key, out Entry? entry)) Shrink(contract, shelf, entry.Size);
            return value;
        }
    }

    /// <summary>Does what a command said once it has returned.</summary>
    public void Apply(in Hash256 contract, CacheOperation operation)
    {
        switch (operation)
        {
            case CacheOperation.Set set:
                TrySet(contract, set.Key, set.Value);
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

    private Entry? Find(in Hash256 contract, Vec<byte> key) =>
        _shelves.TryGetValue(contract, out Shelf? shelf) && shelf.Entries.TryGetValue(key, out Entry? entry) && entry.End > time.GetUtcNow() ? entry : null;

    private void Sweep(Shelf shelf)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach ((Vec<byte> key, Entry entry) in shelf.Entries.Where(pair => pair.Value.End <= now).ToArray())
        {
            shelf.Entries.Remove(key);
            shelf.Size -= entry.Size;
        }
    }

    private void Shrink(in Hash256 contract, Shelf shelf, long size)
    {
        shelf.Size -= size;
        if (shelf.Entries.Count == 0) _shelves.Remove(contract);
    }

    private sealed class Shelf
    {
        public Dictionary<Vec<byte>, Entry> Entries { get; } = [];

        public long Size { get; set; }
    }

    private sealed record Entry(Vec<byte> Value, long Size, DateTimeOffset End);
}
