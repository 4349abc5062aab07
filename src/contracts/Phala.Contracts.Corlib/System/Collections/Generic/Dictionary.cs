namespace System.Collections.Generic;

/// <summary>Values by key. Enumerated in the order of insertion, as long as nothing is removed.</summary>
public class Dictionary<TKey, TValue> : IDictionary<TKey, TValue>, IReadOnlyDictionary<TKey, TValue>
{
    private readonly HashTable<TKey, TValue> _table;

    public Dictionary() => _table = new HashTable<TKey, TValue>(0, null);

    public Dictionary(int capacity) => _table = new HashTable<TKey, TValue>(capacity, null);

    public Dictionary(IEqualityComparer<TKey> comparer) => _table = new HashTable<TKey, TValue>(0, comparer);

    public Dictionary(int capacity, IEqualityComparer<TKey> comparer) => _table = new HashTable<TKey, TValue>(capacity, comparer);

    public Dictionary(IDictionary<TKey, TValue> dictionary)
    {
        _table = new HashTable<TKey, TValue>(dictionary.Count, null);
        foreach (KeyValuePair<TKey, TValue> pair in dictionary) Add(pair.Key, pair.Value);
    }

    public Dictionary(IEnumerable<KeyValuePair<TKey, TValue>> collection)
    {
        _table = new HashTable<TKey, TValue>(0, null);
        foreach (KeyValuePair<TKey, TValue> pair in collection) Add(pair.Key, pair.Value);
    }

    public int Count => _table.Count;

    public KeyCollection Keys => new KeyCollection(_table);

    public ValueCollection Values => new ValueCollection(_table);

    ICollection<TKey> IDictionary<TKey, TValue>.Keys => Keys;

    ICollection<TValue> IDictionary<TKey, TValue>.Values => Values;

    IEnumerable<TKey> IReadOnlyDictionary<TKey, TValue>.Keys => Keys;

    IEnumerable<TValue> IReadOnlyDictionary<TKey, TValue>.Values => Values;

    bool ICollection<KeyValuePair<TKey, TValue>>.IsReadOnly => false;

    public TValue this[TKey key]
    {
        get
        {
            int index = _table.Find(key);
            if (index < 0) FailMissing();
            return _table._entries[index].Value;
        }

        set
        {
            int index = _table.Find(key);
            if (index < 0)
            {
                _table.Insert(key, value);
                return;
            }

            _table._entries[index].Value = value;
        }
    }

    public void Add(TKey key, TValue value)
    {
        if (!TryAdd(key, value)) throw new ArgumentException("An item with the same key has already been added.");
    }

    public bool TryAdd(TKey key, TValue value)
    {
        if (_table.Find(key) >= 0) return false;
        _table.Insert(key, value);
        return true;
    }

    public bool ContainsKey(TKey key) => _table.Find(key) >= 0;

    public bool ContainsValue(TValue value)
    {
        foreach (TValue each in Values)
        {
            if (EqualityComparer<TValue>.AreEqual(each, value)) return true;
        }

        return false;
    }

    public bool TryGetValue(TKey key, out TValue value)
    {
        int index = _table.Find(key);
        value = index < 0 ? default : _table._entries[index].Value;
        return index >= 0;
    }

    public TValue GetValueOrDefault(TKey key) => TryGetValue(key, out TValue value) ? value : default;

    public bool Remove(TKey key) => _table.Remove(key, out _);

    public bool Remove(TKey key, out TValue value) => _table.Remove(key, out value);

    public void Clear() => _table.Clear();

    public int EnsureCapacity(int capacity) => capacity;

    void ICollection<KeyValuePair<TKey, TValue>>.Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<TKey, TValue>>.Contains(KeyValuePair<TKey, TValue> item) => TryGetValue(item.Key, out TValue value) && EqualityComparer<TValue>.AreEqual(value, item.Value);

    void ICollection<KeyValuePair<TKey, TValue>>.CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
    {
        foreach (KeyValuePair<TKey, TValue> pair in this) array[arrayIndex++] = pair;
    }

    bool ICollection<KeyValuePair<TKey, TValue>>.Remove(KeyValuePair<TKey, TValue> item) =>
        TryGetValue(item.Key, out TValue value) && EqualityComparer<TValue>.AreEqual(value, item.Value) && Remove(item.Key);

    public Enumerator GetEnumerator() => new Enumerator(_table);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => new Enumerator(_table);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(_table);

    private static void FailMissing() => throw new KeyNotFoundException();

    public struct Enumerator : IEnumerator<KeyValuePair<TKey, TValue>>
    {
        private EntryWalk<TKey, TValue> _walk;

        internal Enumerator(HashTable<TKey, TValue> table) => _walk = new EntryWalk<TKey, TValue>(table);

        public KeyValuePair<TKey, TValue> Current => new KeyValuePair<TKey, TValue>(_walk.Key, _walk.Value);

        object IEnumerator.Current => Current;

        public bool MoveNext() => _walk.MoveNext();

        public void Reset() => _walk.Reset();

        public void Dispose()
        {
        }
    }

    public sealed class KeyCollection : ICollection<TKey>, IReadOnlyCollection<TKey>
    {
        private readonly HashTable<TKey, TValue> _table;

        internal KeyCollection(HashTable<TKey, TValue> table) => _table = table;

        public int Count => _table.Count;

        bool ICollection<TKey>.IsReadOnly => true;

        public bool Contains(TKey item) => _table.Find(item) >= 0;

        public void CopyTo(TKey[] array, int arrayIndex)
        {
            foreach (TKey key in this) array[arrayIndex++] = key;
        }

        void ICollection<TKey>.Add(TKey item) => throw new NotSupportedException();

        void ICollection<TKey>.Clear() => throw new NotSupportedException();

        bool ICollection<TKey>.Remove(TKey item) => throw new NotSupportedException();

        public Enumerator GetEnumerator() => new Enumerator(_table);

        IEnumerator<TKey> IEnumerable<TKey>.GetEnumerator() => new Enumerator(_table);

        IEnumerator IEnumerable.GetEnumerator() => new Enumerator(_table);

        public struct Enumerator : IEnumerator<TKey>
        {
            private EntryWalk<TKey, TValue> _walk;

            internal Enumerator(HashTable<TKey, TValue> table) => _walk = new EntryWalk<TKey, TValue>(table);

            public TKey Current => _walk.Key;

            object IEnumerator.Current => Current;

            public bool MoveNext() => _walk.MoveNext();

            public void Reset() => _walk.Reset();

            public void Dispose()
            {
            }
        }
    }

    public sealed class ValueCollection : ICollection<TValue>, IReadOnlyCollection<TValue>
    {
        private readonly HashTable<TKey, TValue> _table;

        internal ValueCollection(HashTable<TKey, TValue> table) => _table = table;

        public int Count => _table.Count;

        bool ICollection<TValue>.IsReadOnly => true;

        public bool Contains(TValue item)
        {
            foreach (TValue each in this)
            {
                if (EqualityComparer<TValue>.AreEqual(each, item)) return true;
            }

            return false;
        }

        public void CopyTo(TValue[] array, int arrayIndex)
        {
            foreach (TValue value in this) array[arrayIndex++] = value;
        }

        void ICollection<TValue>.Add(TValue item) => throw new NotSupportedException();

        void ICollection<TValue>.Clear() => throw new NotSupportedException();

        bool ICollection<TValue>.Remove(TValue item) => throw new NotSupportedException();

        public Enumerator GetEnumerator() => new Enumerator(_table);

        IEnumerator<TValue> IEnumerable<TValue>.GetEnumerator() => new Enumerator(_table);

        IEnumerator IEnumerable.GetEnumerator() => new Enumerator(_table);

        public struct Enumerator : IEnumerator<TValue>
        {
            private EntryWalk<TKey, TValue> _walk;

            internal Enumerator(HashTable<TKey, TValue> table) => _walk = new EntryWalk<TKey, TValue>(table);

            public TValue Current => _walk.Value;

            object IEnumerator.Current => Current;

            public bool MoveNext() => _walk.MoveNext();

            public void Reset() => _walk.Reset();

            public void Dispose()
            {
            }
        }
    }
}
