using System.Runtime;

namespace System.Collections.Generic;

/// <summary>A list in an array that grows.</summary>
public class List<T> : IList<T>, IReadOnlyList<T>
{
    private const int FirstCapacity = 4;

    internal T[] _items;
    internal int _size;
    private int _version;

    public List() => _items = Array.Empty<T>();

    public List(int capacity)
    {
        if (capacity < 0) System.Runtime.Faults.Range();
        _items = new T[capacity];
    }

    public List(IEnumerable<T> collection)
    {
        _items = Array.Empty<T>();
        AddRange(collection);
    }

    public int Count => _size;

    public int Capacity
    {
        get => _items.Length;
        set
        {
            if (value < _size) System.Runtime.Faults.Range();
            Array.Resize(ref _items, value);
        }
    }

    bool ICollection<T>.IsReadOnly => false;

    public T this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_size) FailRange();
            return _items[index];
        }

        set
        {
            if ((uint)index >= (uint)_size) FailRange();
            _items[index] = value;
            _version++;
        }
    }

    public void Add(T item)
    {
        _version++;
        int size = _size;
        if (size == _items.Length) Grow(size + 1);
        _size = size + 1;
        _items[size] = item;
    }

    public void AddRange(IEnumerable<T> collection)
    {
        ArgumentNullException.ThrowIfNull(collection, nameof(collection));
        if (collection is T[] array)
        {
            AddSpan(array);
            return;
        }

        if (collection is List<T> list)
        {
            AddSpan(new ReadOnlySpan<T>(list._items, 0, list._size));
            return;
        }

        foreach (T item in collection) Add(item);
    }

    public void Clear()
    {
        _version++;
        new Span<T>(_items, 0, _size).Clear();
        _size = 0;
    }

    public bool Contains(T item) => IndexOf(item) >= 0;

    public void CopyTo(T[] array) => CopyTo(array, 0);

    public void CopyTo(T[] array, int arrayIndex) => Array.Copy(_items, 0, array, arrayIndex, _size);

    public void CopyTo(int index, T[] array, int arrayIndex, int count) => Array.Copy(_items, index, array, arrayIndex, count);

    public int EnsureCapacity(int capacity)
    {
        if (_items.Length < capacity) Grow(capacity);
        return _items.Length;
    }

    public bool Exists(Predicate<T> match) => FindIndex(match) >= 0;

    public bool TrueForAll(Predicate<T> match)
    {
        for (int i = 0; i < _size; i++)
        {
            if (!match(_items[i])) return false;
        }

        return true;
    }

    public T Find(Predicate<T> match)
    {
        int index = FindIndex(match);
        return index < 0 ? default : _items[index];
    }

    public T FindLast(Predicate<T> match)
    {
        for (int i = _size - 1; i >= 0; i--)
        {
            if (match(_items[i])) return _items[i];
        }

        return default;
    }

    public int FindIndex(Predicate<T> match)
    {
        for (int i = 0; i < _size; i++)
        {
            if (match(_items[i])) return i;
        }

        return -1;
    }

    public List<T> FindAll(Predicate<T> match)
    {
        List<T> found = new List<T>();
        for (int i = 0; i < _size; i++)
        {
            if (match(_items[i])) found.Add(_items[i]);
        }

        return found;
    }

    public List<TOutput> ConvertAll<TOutput>(Converter<T, TOutput> converter)
    {
        List<TOutput> made = new List<TOutput>(_size);
        for (int i = 0; i < _size; i++) made.Add(converter(_items[i]));
        return made;
    }

    public void ForEach(Action<T> action)
    {
        int version = _version;
        for (int i = 0; i < _size && version == _version; i++) action(_items[i]);
        if (version != _version) FailVersion();
    }

    public List<T> GetRange(int index, int count)
    {
        CheckRange(index, count);
        List<T> made = new List<T>(count);
        made.AddSpan(new ReadOnlySpan<T>(_items, index, count));
        return made;
    }

    public List<T> Slice(int start, int length) => GetRange(start, length);

    public int IndexOf(T item)
    {
        for (int i = 0; i < _size; i++)
        {
            if (EqualityComparer<T>.AreEqual(_items[i], item)) return i;
        }

        return -1;
    }

    public int LastIndexOf(T item)
    {
        for (int i = _size - 1; i >= 0; i--)
        {
            if (EqualityComparer<T>.AreEqual(_items[i], item)) return i;
        }

        return -1;
    }

    public void Insert(int index, T item)
    {
        if ((uint)index > (uint)_size) FailRange();
        if (_size == _items.Length) Grow(_size + 1);
        Array.Copy(_items, index, _items, index + 1, _size - index);
        _items[index] = item;
        _size++;
        _version++;
    }

    public void InsertRange(int index, IEnumerable<T> collection)
    {
        if ((uint)index > (uint)_size) FailRange();
        List<T> added = new List<T>(collection);
        EnsureCapacity(_size + added._size);
        Array.Copy(_items, index, _items, index + added._size, _size - index);
        Array.Copy(added._items, 0, _items, index, added._size);
        _size += added._size;
        _version++;
    }

    public bool Remove(T item)
    {
        int index = IndexOf(item);
        if (index < 0) return false;
        RemoveAt(index);
        return true;
    }

    public int RemoveAll(Predicate<T> match)
    {
        int kept = 0;
        for (int i = 0; i < _size; i++)
        {
            if (!match(_items[i])) _items[kept++] = _items[i];
        }

        int removed = _size - kept;
        new Span<T>(_items, kept, removed).Clear();
        _size = kept;
        _version++;
        return removed;
    }

    public void RemoveAt(int index)
    {
        if ((uint)index >= (uint)_size) FailRange();
        _size--;
        Array.Copy(_items, index + 1, _items, index, _size - index);
        _items[_size] = default;
        _version++;
    }

    public void RemoveRange(int index, int count)
    {
        CheckRange(index, count);
        _size -= count;
        Array.Copy(_items, index + count, _items, index, _size - index);
        new Span<T>(_items, _size, count).Clear();
        _version++;
    }

    public void Reverse()
    {
        new Span<T>(_items, 0, _size).Reverse();
        _version++;
    }

    public void Reverse(int index, int count)
    {
        CheckRange(index, count);
        new Span<T>(_items, index, count).Reverse();
        _version++;
    }

    public void Sort() => Sort((Comparison<T>)null);

    public void Sort(IComparer<T> comparer) => Sort(comparer is null ? null : new Comparison<T>(comparer.Compare));

    public void Sort(Comparison<T> comparison)
    {
        Sorter<T>.Sort(new Span<T>(_items, 0, _size), comparison);
        _version++;
    }

    public int BinarySearch(T item)
    {
        int low = 0, high = _size - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) >> 1);
            int order = Comparer<T>.Order(_items[middle], item);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    public T[] ToArray() => new ReadOnlySpan<T>(_items, 0, _size).ToArray();

    public void TrimExcess() => Capacity = _size;

    public Enumerator GetEnumerator() => new Enumerator(this);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new Enumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    internal void SetCount(int count)
    {
        if (count < 0) System.Runtime.Faults.Range();
        if (count > _items.Length) Grow(count);
        if (count < _size) new Span<T>(_items, count, _size - count).Clear();
        _size = count;
        _version++;
    }

    internal void AddSpan(ReadOnlySpan<T> source)
    {
        if (source.Length == 0) return;
        if (_items.Length - _size < source.Length) Grow(_size + source.Length);
        source.CopyTo(new Span<T>(_items, _size, source.Length));
        _size += source.Length;
        _version++;
    }

    private static void FailRange() => System.Runtime.Faults.Range();

    private static void FailVersion() => throw new InvalidOperationException("Collection was modified; enumeration operation may not execute.");

    private void CheckRange(int index, int count)
    {
        if (index < 0 || count < 0) System.Runtime.Faults.Range();
        if (_size - index < count) throw new ArgumentException("Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.");
    }

    private void Grow(int capacity)
    {
        int wanted = _items.Length == 0 ? FirstCapacity : 2 * _items.Length;
        T[] items = new T[wanted < capacity ? capacity : wanted];
        new ReadOnlySpan<T>(_items, 0, _size).CopyTo(items);
        _items = items;
    }

    public struct Enumerator : IEnumerator<T>
    {
        private readonly List<T> _list;
        private readonly int _version;
        private int _index;
        private T _current;

        internal Enumerator(List<T> list)
        {
            _list = list;
            _version = list._version;
            _index = 0;
            _current = default;
        }

        public T Current => _current;

        object IEnumerator.Current => _current;

        public bool MoveNext()
        {
            List<T> list = _list;
            if (_version != list._version) FailVersion();
            if ((uint)_index >= (uint)list._size) return false;
            _current = list._items[_index++];
            return true;
        }

        public void Reset() => _index = 0;

        public void Dispose()
        {
        }
    }
}
