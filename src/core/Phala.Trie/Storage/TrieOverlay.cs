using System.Diagnostics.CodeAnalysis;

namespace Phala.Trie.Storage;

/// <summary>Writes over one trie that are not applied to it yet. Reads see them; the trie stays as it is.</summary>
public sealed class TrieOverlay
{
    private readonly Dictionary<byte[], byte[]?> _writes = new(KeyComparer.Instance);
    private readonly Dictionary<byte[], byte[]?>.AlternateLookup<ReadOnlySpan<byte>> _writesBySpan;
    private readonly SortedSet<byte[]> _sortedKeys = new(KeyComparer.Instance);
    private readonly List<byte[]> _unsortedKeys = [];
    private readonly MerkleTrie _trie;
    private readonly UndoLog _undo;
    private readonly bool _holdsChildRoots;
    private TrieCursor? _cursor;

    internal TrieOverlay(MerkleTrie trie, UndoLog undo, bool holdsChildRoots)
    {
        _trie = trie;
        _undo = undo;
        _holdsChildRoots = holdsChildRoots;
        _writesBySpan = _writes.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Finds the value of a key, in place and without allocation.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        if (!_writesBySpan.TryGetValue(key, out byte[]? written)) return _trie.TryGet(key, out value);
        value = written;
        return written is not null;
    }

    /// <summary>Whether the key has a value.</summary>
    public bool Contains(ReadOnlySpan<byte> key) => TryGet(key, out _);

    /// <summary>Gives a key a value.</summary>
    /// <exception cref="ArgumentException">The key is longer than <see cref="MerkleTrie.MaxKeyLength"/>, or is that of a child trie's root in the main trie.</exception>
    public void Set(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Write(key, value.ToArray());

    /// <summary>Takes a key's value away.</summary>
    /// <exception cref="ArgumentException">As <see cref="Set"/>.</exception>
    public void Remove(ReadOnlySpan<byte> key)
    {
        CheckKey(key);
        if (Contains(key)) Write(key, null);
    }

    /// <summary>The smallest key with a value that is greater than the given one.</summary>
    public bool TryGetNextKey(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? next) => TryFind(key, orEqual: false, out next);

    /// <summary>Removes keys that begin with a prefix, in their order.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="limit">The most keys to remove.</param>
    /// <exception cref="ArgumentException">The prefix covers keys of child roots in the main trie: child tries are cleared one by one.</exception>
    public ClearResult ClearPrefix(ReadOnlySpan<byte> prefix, int limit = int.MaxValue)
    {
        if (_holdsChildRoots && (prefix.StartsWith(ChildTries.Prefix) || ChildTries.Prefix.StartsWith(prefix)))
        {
            throw new ArgumentException("Roots of child tries change with the child tries only.", nameof(prefix));
        }

        int removed = 0;
        bool found = TryFind(prefix, orEqual: true, out byte[]? key);
        while (found && key.AsSpan().StartsWith(prefix))
        {
            if (removed == limit) return new ClearResult(removed, IsComplete: false);
            Write(key, null);
            removed++;
            found = TryFind(key, orEqual: false, out key);
        }

        return new ClearResult(removed, IsComplete: true);
    }

    /// <summary>All writes, sorted; a key that was written is there even if it holds what the trie holds.</summary>
    public TrieDelta ToDelta()
    {
        TrieChange[] changes = new TrieChange[_writes.Count];
        int count = 0;
        foreach ((byte[] key, byte[]? value) in _writes) changes[count++] = value is null ? TrieChange.Remove(key) : TrieChange.Set(key, value);
        return TrieDelta.Create(changes);
    }

    internal void Restore(byte[] key, bool wasWritten, byte[]? value)
    {
        if (wasWritten) _writes[key] = value;
        else _writes.Remove(key);
    }

    private void Write(ReadOnlySpan<byte> key, byte[]? value)
    {
        CheckKey(key);
        bool wasWritten = _writesBySpan.TryGetValue(key, out byte[]? stored, out byte[]? before);
        if (!wasWritten)
        {
            stored = key.ToArray();
            _unsortedKeys.Add(stored);
        }

        _undo.Note(this, stored!, wasWritten, before);
        _writes[stored!] = value;
    }

    private void CheckKey(ReadOnlySpan<byte> key)
    {
        if (key.Length > MerkleTrie.MaxKeyLength) throw new ArgumentException("The key is longer than a trie takes.", nameof(key));
        if (_holdsChildRoots && ChildTries.IsRootKey(key)) throw new ArgumentException("Roots of child tries change with the child tries only.", nameof(key));
    }

    private bool TryFind(ReadOnlySpan<byte> from, bool orEqual, [NotNullWhen(true)] out byte[]? found)
    {
        byte[]? written = FindWritten(from, orEqual);
        byte[]? below = FindBelow(from, orEqual);
        found = written is null || (below is not null && below.AsSpan().SequenceCompareTo(written) < 0) ? below : written;
        return found is not null;
    }

    /// <summary>The first key of the trie that is not written over: where one is, the write decides.</summary>
    private byte[]? FindBelow(ReadOnlySpan<byte> from, bool orEqual)
    {
        _cursor ??= new TrieCursor(_trie);
        _cursor.Seek(from);
        while (_cursor.MoveNext())
        {
            ReadOnlySpan<byte> key = _cursor.Key;
            bool passedOver = (!orEqual && key.SequenceEqual(from)) || _writesBySpan.ContainsKey(key);
            if (!passedOver) return key.ToArray();
        }

        return null;
    }

    private byte[]? FindWritten(ReadOnlySpan<byte> from, bool orEqual)
    {
        foreach (byte[] key in _unsortedKeys) _sortedKeys.Add(key);
        _unsortedKeys.Clear();
        if (_sortedKeys.Max is not { } last || from.SequenceCompareTo(last) > 0) return null;
        foreach (byte[] key in _sortedKeys.GetViewBetween(from.ToArray(), last))
        {
            // The set keeps keys whose writes were rolled back.
            bool live = _writes.TryGetValue(key, out byte[]? value) && value is not null;
            if (live && (orEqual || !key.AsSpan().SequenceEqual(from))) return key;
        }

        return null;
    }
}
