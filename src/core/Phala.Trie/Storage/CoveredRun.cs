namespace Phala.Trie.Storage;

/// <summary>
/// The last run of keys below an overlay that was found to be written over. Who removes keys one after the other, and asks for the next one each time, would
/// pass over all the removed ones again and again. Invariant: every key of the trie strictly between both ends is written over.
/// </summary>
internal struct CoveredRun
{
    private byte[]? _from, _to;

    /// <summary>Whether a search for what follows <paramref name="key"/> may begin at <paramref name="end"/>; null is the end of the trie.</summary>
    public readonly bool TrySkip(ReadOnlySpan<byte> key, bool orEqual, out byte[]? end)
    {
        end = _to;
        if (_from is null || (_to is not null && key.SequenceCompareTo(_to) >= 0)) return false;
        int order = key.SequenceCompareTo(_from);
        return orEqual ? order > 0 : order >= 0;
    }

    /// <summary>Takes in that the run goes on to <paramref name="end"/> from where the last search began.</summary>
    public void Extend(byte[]? end) => _to = end;

    /// <summary>Takes another run.</summary>
    public void Start(ReadOnlySpan<byte> from, byte[]? end) => (_from, _to) = (from.ToArray(), end);

    /// <summary>Takes in that a key is not written over any more.</summary>
    public void Uncover(byte[] key)
    {
        if (_from is null || key.AsSpan().SequenceCompareTo(_from) <= 0) return;
        if (_to is null || key.AsSpan().SequenceCompareTo(_to) < 0) _to = key;
    }
}
