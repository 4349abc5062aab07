namespace System.Collections.Generic;

public class Stack<T> : IReadOnlyCollection<T>
{
    private T[] _items;
    private int _size;
    private int _version;

    public Stack() => _items = new T[4];

    public Stack(int capacity) => _items = new T[Math.Max(capacity, 4)];

    public Stack(IEnumerable<T> collection)
    {
        _items = new T[4];
        foreach (T item in collection) Push(item);
    }

    public int Count => _size;

    public void Push(T item)
    {
        if (_size == _items.Length) Array.Resize(ref _items, 2 * _size);
        _items[_size++] = item;
        _version++;
    }

    public T Pop()
    {
        if (!TryPop(out T result)) throw new InvalidOperationException("Stack empty.");
        return result;
    }

    public bool TryPop(out T result)
    {
        if (_size == 0)
        {
            result = default;
            return false;
        }

        result = _items[--_size];
        _items[_size] = default;
        _version++;
        return true;
    }

    public T Peek()
    {
        if (_size == 0) throw new InvalidOperationException("Stack empty.");
        return _items[_size - 1];
    }

    public bool TryPeek(out T result)
    {
        result = _size == 0 ? default : _items[_size - 1];
        return _size > 0;
    }

    public bool Contains(T item)
    {
        for (int i = 0; i < _size; i++)
        {
            if (EqualityComparer<T>.AreEqual(_items[i], item)) return true;
        }

        return false;
    }

    public void Clear()
    {
        Array.Clear(_items);
        _size = 0;
        _version++;
    }

    public T[] ToArray()
    {
        T[] made = new T[_size];
        for (int i = 0; i < _size; i++) made[i] = _items[_size - 1 - i];
        return made;
    }

    public Enumerator GetEnumerator() => new Enumerator(this);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new Enumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    public struct Enumerator : IEnumerator<T>
    {
        private readonly Stack<T> _stack;
        private readonly int _version;
        private int _index;

        internal Enumerator(Stack<T> stack)
        {
            _stack = stack;
            _version = stack._version;
            _index = stack._size;
        }

        public T Current => _stack._items[_index];

        object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (_version != _stack._version) throw new InvalidOperationException("Collection was modified; enumeration operation may not execute.");
            return --_index >= 0;
        }

        public void Reset() => _index = _stack._size;

        public void Dispose()
        {
        }
    }
}
