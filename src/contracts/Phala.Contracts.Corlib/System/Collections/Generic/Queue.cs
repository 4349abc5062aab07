namespace System.Collections.Generic;

public class Queue<T> : IReadOnlyCollection<T>
{
    private T[] _items;
    private int _head;
    private int _size;
    private int _version;

    public Queue() => _items = new T[4];

    public Queue(int capacity) => _items = new T[Math.Max(capacity, 4)];

    public Queue(IEnumerable<T> collection)
    {
        _items = new T[4];
        foreach (T item in collection) Enqueue(item);
    }

    public int Count => _size;

    public void Enqueue(T item)
    {
        if (_size == _items.Length) Grow();
        _items[(_head + _size) % _items.Length] = item;
        _size++;
        _version++;
    }

    public T Dequeue()
    {
        if (!TryDequeue(out T result)) throw new InvalidOperationException("Queue empty.");
        return result;
    }

    public bool TryDequeue(out T result)
    {
        if (_size == 0)
        {
            result = default;
            return false;
        }

        result = _items[_head];
        _items[_head] = default;
        _head = (_head + 1) % _items.Length;
        _size--;
        _version++;
        return true;
    }

    public T Peek()
    {
        if (_size == 0) throw new InvalidOperationException("Queue empty.");
        return _items[_head];
    }

    public bool TryPeek(out T result)
    {
        result = _size == 0 ? default : _items[_head];
        return _size > 0;
    }

    public bool Contains(T item)
    {
        for (int i = 0; i < _size; i++)
        {
            if (EqualityComparer<T>.AreEqual(At(i), item)) return true;
        }

        return false;
    }

    public void Clear()
    {
        Array.Clear(_items);
        _head = 0;
        _size = 0;
        _version++;
    }

    public T[] ToArray()
    {
        T[] made = new T[_size];
        for (int i = 0; i < _size; i++) made[i] = At(i);
        return made;
    }

    public Enumerator GetEnumerator() => new Enumerator(this);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new Enumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    private T At(int index) => _items[(_head + index) % _items.Length];

    private void Grow()
    {
        T[] items = new T[_items.Length * 2];
        for (int i = 0; i < _size; i++) items[i] = At(i);
        _items = items;
        _head = 0;
    }

    public struct Enumerator : IEnumerator<T>
    {
        private readonly Queue<T> _queue;
        private readonly int _version;
        private int _index;

        internal Enumerator(Queue<T> queue)
        {
            _queue = queue;
            _version = queue._version;
            _index = -1;
        }

        public T Current => _queue.At(_index);

        object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (_version != _queue._version) throw new InvalidOperationException("Collection was modified; enumeration operation may not execute.");
            return ++_index < _queue._size;
        }

        public void Reset() => _index = -1;

        public void Dispose()
        {
        }
    }
}
