namespace System.Collections.Generic;

/// <summary>Goes through the entries of a table, past free places.</summary>
internal struct EntryWalk<TKey, TValue>
{
    private readonly HashTable<TKey, TValue> _table;
    private readonly int _version;
    private int _index;

    internal EntryWalk(HashTable<TKey, TValue> table)
    {
        _table = table;
        _version = table._version;
        _index = -1;
    }

    internal TKey Key => _table._entries[_index].Key;

    internal TValue Value => _table._entries[_index].Value;

    internal bool MoveNext()
    {
        if (_version != _table._version) Fail();
        while (++_index < _table._count)
        {
            if (_table.IsUsed(_index)) return true;
        }

        _index = _table._count;
        return false;
    }

    internal void Reset() => _index = -1;

    private static void Fail() => throw new InvalidOperationException("Collection was modified; enumeration operation may not execute.");
}
