using System.Diagnostics.CodeAnalysis;

namespace Phala.Trie.Storage;

/// <summary>Writes over one trie that are not applied to it yet. Reads see them; the trie stays as it is.</summary>
public sealed class TrieOverlay
{
    /// <summary>A shorter run of removed keys is not worth remembering.</summary>
    private const int LeastCovered = 8;

    private readonly Dictionary<byte[], byte[]?> _writes = new(KeyComparer.Instance);
    private readonly Dictionary<byte[], byte[]?>.AlternateLookup<ReadOnlySpan<byte>> _writesBySpan;

    /// <summary>The keys that were written and hold a value; those of late in a list until somebody asks for an order. That list may also have keys removed since.</summary>
    private readonly SortedSet<byte[]> _sortedKeys = new(KeyComparer.Instance);
    private readonly List<byte[]> _unsortedKeys = [];
    private readonly MerkleTrie _trie;
    private readonly UndoLog _undo;
    private readonly bool _holdsChildRoots;
    private TrieCursor? _cursor;
    private CoveredRun _covered;

    internal TrieOverlay(MerkleTrie trie, UndoLog undo, bool holdsChildRoots)
    {
        _trie = trie;
        _undo = undo;
        _holdsChildRoots = holdsChildRoots;
        _writesBySpan = _writes.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>How many keys are held for iteration: those written and not removed, and of rolled back ones none.</summary>
    internal int HeldKeys => _sortedKeys.Count + _unsortedKeys.Count;

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
        if (wasWritten)
        {
            Put(key, value);
            return;
        }

        // Writes are undone newest first: a key that waits to be sorted is the last that does.
        if (_unsortedKeys.Count > 0 && ReferenceEquals(_unsortedKeys[^1], key)) _unsortedKeys.RemoveAt(_unsortedKeys.Count - 1);
        _sortedKeys.Remove(key);
        _covered.Uncover(key);
        _writes.Remove(key);
    }

    private void Write(ReadOnlySpan<byte> key, byte[]? value)
    {
        CheckKey(key);
        bool wasWritten = _writesBySpan.TryGetValue(key, out byte[]? stored, out byte[]? before);
        if (wasWritten)
        {
            _undo.Note(this, stored!, wasWritten: true, before);
            Put(stored!, value);
            return;
        }

        stored = key.ToArray();
        _undo.Note(this, stored, wasWritten: false, before: null);
        if (value is not null) _unsortedKeys.Add(stored);
        _writes.Add(stored, value);
    }

    /// <summary>Changes the write of a key that is written already.</summary>
    private void Put(byte[] key, byte[]? value)
    {
        bool wasLive = _writes[key] is not null, isLive = value is not null;
        if (wasLive && !isLive) _sortedKeys.Remove(key);
        if (isLive && !wasLive) _sortedKeys.Add(key);
        _writes[key] = value;
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
        bool skips = _covered.TrySkip(from, orEqual, out byte[]? start);
        if (skips && start is null) return null;
        _cursor ??= new TrieCursor(_trie);
        _cursor.Seek(skips ? start : from);
        int passed = 0;
        byte[]? found = null;
        while (found is null && _cursor.MoveNext())
        {
            ReadOnlySpan<byte> key = _cursor.Key;
            bool passedOver = (!orEqual && key.SequenceEqual(from)) || _writesBySpan.ContainsKey(key);
            if (passedOver) passed++;
            else found = key.ToArray();
        }

        if (skips) _covered.Extend(found);
        else if (passed > LeastCovered) _covered.Start(from, found);
        return found;
    }

    private byte[]? FindWritten(ReadOnlySpan<byte> from, bool orEqual)
    {
        foreach (byte[] key in _unsortedKeys)
        {
            if (_writes[key] is not null) _sortedKeys.Add(key);
        }

        _unsortedKeys.Clear();
        if (_sortedKeys.Max is not { } last || from.SequenceCompareTo(last) > 0) return null;
        foreach (byte[] key in _sortedKeys.GetViewBetween(from.ToArray(), last))
        {
            if (orEqual || !key.AsSpan().SequenceEqual(from)) return key;
        }

        return null;
    }
}
