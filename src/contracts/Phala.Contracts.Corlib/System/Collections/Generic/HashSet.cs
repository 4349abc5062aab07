namespace System.Collections.Generic;

/// <summary>Values, each once. Enumerated in the order of insertion, as long as nothing is removed.</summary>
public class HashSet<T> : ISet<T>, IReadOnlyCollection<T>
{
    private readonly HashTable<T, bool> _table;

    public HashSet() => _table = new HashTable<T, bool>(0, null);

    public HashSet(int capacity) => _table = new HashTable<T, bool>(capacity, null);

    public HashSet(IEqualityComparer<T> comparer) => _table = new HashTable<T, bool>(0, comparer);

    public HashSet(IEnumerable<T> collection)
    {
        _table = new HashTable<T, bool>(0, null);
        UnionWith(collection);
    }

    public int Count => _table.Count;

    bool ICollection<T>.IsReadOnly => false;

    public bool Add(T item)
    {
        if (_table.Find(item) >= 0) return false;
        _table.Insert(item, true);
        return true;
    }

    void ICollection<T>.Add(T item) => Add(item);

    public bool Contains(T item) => _table.Find(item) >= 0;

    public bool Remove(T item) => _table.Remove(item, out _);

    public void Clear() => _table.Clear();

    public void UnionWith(IEnumerable<T> other)
    {
        foreach (T item in other) Add(item);
    }

    public void ExceptWith(IEnumerable<T> other)
    {
        foreach (T item in other) Remove(item);
    }

    public bool Overlaps(IEnumerable<T> other)
    {
        foreach (T item in other)
        {
            if (Contains(item)) return true;
        }

        return false;
    }

    public bool IsSupersetOf(IEnumerable<T> other)
    {
        foreach (T item in other)
        {
            if (!Contains(item)) return false;
        }

        return true;
    }

    public void CopyTo(T[] array) => CopyTo(array, 0);

    public void CopyTo(T[] array, int arrayIndex)
    {
        foreach (T item in this) array[arrayIndex++] = item;
    }

    public Enumerator GetEnumerator() => new Enumerator(_table);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new Enumerator(_table);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(_table);

    public struct Enumerator : IEnumerator<T>
    {
        private EntryWalk<T, bool> _walk;

        internal Enumerator(HashTable<T, bool> table) => _walk = new EntryWalk<T, bool>(table);

        public T Current => _walk.Key;

        object IEnumerator.Current => Current;

        public bool MoveNext() => _walk.MoveNext();

        public void Reset() => _walk.Reset();

        public void Dispose()
        {
        }
    }
}
