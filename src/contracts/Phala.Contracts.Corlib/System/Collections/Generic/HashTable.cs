namespace System.Collections.Generic;

/// <summary>Keys and values by hash: entries in one array in the order of insertion, places of removed ones used again, last removed first.</summary>
internal sealed class HashTable<TKey, TValue>
{
    private const int FreeMark = -3;

    internal Entry[] _entries;
    internal int _count;
    internal int _version;
    private readonly IEqualityComparer<TKey> _comparer;
    private int[] _buckets;
    private int _freeCount;
    private int _freeList;

    internal HashTable(int capacity, IEqualityComparer<TKey> comparer)
    {
        if (capacity < 0) System.Runtime.Faults.Range();
        _comparer = comparer;
        int size = 4;
        while (size < capacity) size *= 2;
        _buckets = new int[size];
        _entries = new Entry[size];
        _freeList = -1;
    }

    internal int Count => _count - _freeCount;

    internal bool IsUsed(int index) => _entries[index].Next >= -1;

    internal int Find(TKey key)
    {
        if (key is null) throw new ArgumentNullException(nameof(key));
        uint hash = HashOf(key);
        for (int i = _buckets[hash & (uint)(_buckets.Length - 1)] - 1; i >= 0; i = _entries[i].Next)
        {
            if (_entries[i].Hash == hash && Same(_entries[i].Key, key)) return i;
        }

        return -1;
    }

    /// <summary>Adds a key that is not there.</summary>
    internal int Insert(TKey key, TValue value)
    {
        uint hash = HashOf(key);
        int index;
        if (_freeCount > 0)
        {
            index = _freeList;
            _freeList = FreeMark - _entries[index].Next;
            _freeCount--;
        }
        else
        {
            if (_count == _entries.Length) Grow();
            index = _count++;
        }

        int bucket = (int)(hash & (uint)(_buckets.Length - 1));
        _entries[index].Hash = hash;
        _entries[index].Next = _buckets[bucket] - 1;
        _entries[index].Key = key;
        _entries[index].Value = value;
        _buckets[bucket] = index + 1;
        _version++;
        return index;
    }

    internal bool Remove(TKey key, out TValue value)
    {
        if (key is null) throw new ArgumentNullException(nameof(key));
        uint hash = HashOf(key);
        int bucket = (int)(hash & (uint)(_buckets.Length - 1)), previous = -1;
        for (int i = _buckets[bucket] - 1; i >= 0; previous = i, i = _entries[i].Next)
        {
            if (_entries[i].Hash != hash || !Same(_entries[i].Key, key)) continue;
            if (previous < 0) _buckets[bucket] = _entries[i].Next + 1;
            else _entries[previous].Next = _entries[i].Next;
            value = _entries[i].Value;
            _entries[i].Next = FreeMark - _freeList;
            _entries[i].Key = default;
            _entries[i].Value = default;
            _freeList = i;
            _freeCount++;
            return true;
        }

        value = default;
        return false;
    }

    internal void Clear()
    {
        if (_count == 0) return;
        Array.Clear(_buckets);
        new Span<Entry>(_entries, 0, _count).Clear();
        _count = 0;
        _freeCount = 0;
        _freeList = -1;
        _version++;
    }

    private uint HashOf(TKey key)
    {
        uint hash = (uint)(_comparer is null ? key.GetHashCode() : _comparer.GetHashCode(key));
        return hash ^ (hash >> 15);
    }

    private bool Same(TKey left, TKey right) => _comparer is null ? EqualityComparer<TKey>.AreEqual(left, right) : _comparer.Equals(left, right);

    private void Grow()
    {
        int size = _entries.Length * 2;
        Entry[] entries = new Entry[size];
        new ReadOnlySpan<Entry>(_entries, 0, _count).CopyTo(entries);
        int[] buckets = new int[size];
        for (int i = 0; i < _count; i++)
        {
            if (entries[i].Next < -1) continue;
            int bucket = (int)(entries[i].Hash & (uint)(size - 1));
            entries[i].Next = buckets[bucket] - 1;
            buckets[bucket] = i + 1;
        }

        _entries = entries;
        _buckets = buckets;
    }

    internal struct Entry
    {
        internal uint Hash;
        internal int Next;
        internal TKey Key;
        internal TValue Value;
    }
}
