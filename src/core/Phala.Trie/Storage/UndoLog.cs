namespace Phala.Trie.Storage;

/// <summary>What open transactions would have to put back, newest last.</summary>
internal sealed class UndoLog
{
    private readonly List<Entry> _entries = [];
    private readonly Stack<int> _begins = new();

    /// <summary>The number of open transactions.</summary>
    public int Depth => _begins.Count;

    /// <summary>Opens a transaction.</summary>
    public void Begin() => _begins.Push(_entries.Count);

    /// <summary>Notes what a key held before a write: nothing is noted outside of transactions.</summary>
    public void Note(TrieOverlay overlay, byte[] key, bool wasWritten, byte[]? before)
    {
        if (_begins.Count > 0) _entries.Add(new Entry(overlay, key, wasWritten, before));
    }

    /// <summary>Keeps the writes of the innermost transaction; they belong to the one around it from now on.</summary>
    public void Commit()
    {
        _ = _begins.Pop();
        if (_begins.Count == 0) _entries.Clear();
    }

    /// <summary>Takes the writes of the innermost transaction back.</summary>
    public void Rollback()
    {
        int begin = _begins.Pop();
        for (int index = _entries.Count - 1; index >= begin; index--)
        {
            Entry entry = _entries[index];
            entry.Overlay.Restore(entry.Key, entry.WasWritten, entry.Before);
        }

        _entries.RemoveRange(begin, _entries.Count - begin);
    }

    private readonly record struct Entry(TrieOverlay Overlay, byte[] Key, bool WasWritten, byte[]? Before);
}
