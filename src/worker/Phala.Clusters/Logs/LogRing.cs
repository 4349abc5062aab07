namespace Phala.Clusters.Logs;

/// <summary>A cluster's log on a worker: the newest of what runs of contracts left there. Safe for use from several threads.</summary>
/// <remarks>
/// <b>Invariant.</b> It never takes more memory than its capacity. What commands left has one half and what queries left has the other: queries are free and anybody's, and however many there are, they
/// drive nothing out that a command has left.
/// </remarks>
/// <param name="capacity">How many bytes it holds.</param>
public sealed class LogRing(long capacity = LogRing.UsualCapacity)
{
    /// <summary>What logs hold, in bytes.</summary>
    public const long UsualCapacity = 8 * 1024 * 1024;

    /// <summary>The largest item, in bytes: instead of a larger one a word stands that there was one.</summary>
    public const int LargestItem = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<LogEntry> _ofCommands = new(), _ofQueries = new();
    private long _sizeOfCommands, _sizeOfQueries;
    private ulong _next;

    /// <summary>How full it is.</summary>
    public LogFigures Figures
    {
        get
        {
            lock (_lock) return new LogFigures(_next, capacity, _sizeOfCommands + _sizeOfQueries, _ofCommands.Count + _ofQueries.Count);
        }
    }

    /// <summary>Adds what a run has left.</summary>
    /// <param name="items">It.</param>
    /// <param name="isOfQuery">Whether the run was a query or an estimate.</param>
    public void Add(IReadOnlyList<LogItem> items, bool isOfQuery)
    {
        lock (_lock)
        {
            foreach (LogItem item in items)
            {
                LogEntry entry = new(_next++, item.Size <= LargestItem ? item : new LogItem.TooLarge(item.BlockNumber, item.Origin));
                if (isOfQuery) Add(_ofQueries, ref _sizeOfQueries, entry);
                else Add(_ofCommands, ref _sizeOfCommands, entry);
            }
        }
    }

    /// <summary>What it has from a number on, in order.</summary>
    /// <param name="from">The number; a negative one counts back from what comes next.</param>
    public IReadOnlyList<LogEntry> From(long from)
    {
        LogEntry[] left, right;
        lock (_lock)
        {
            ulong first = from >= 0 ? (ulong)from : _next - Math.Min(_next, unchecked((ulong)-from));
            left = [.. _ofCommands.Where(entry => entry.Sequence >= first)];
            right = [.. _ofQueries.Where(entry => entry.Sequence >= first)];
        }

        LogEntry[] merged = new LogEntry[left.Length + right.Length];
        for (int at = 0, fromLeft = 0, fromRight = 0; at < merged.Length; at++)
        {
            bool takesLeft = fromRight == right.Length || (fromLeft < left.Length && left[fromLeft].Sequence < right[fromRight].Sequence);
            merged[at] = takesLeft ? left[fromLeft++] : right[fromRight++];
        }

        return merged;
    }

    /// <summary>Forgets everything but how much there was.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _ofCommands.Clear();
            _ofQueries.Clear();
            (_sizeOfCommands, _sizeOfQueries) = (0, 0);
        }
    }

    private void Add(Queue<LogEntry> queue, ref long size, in LogEntry entry)
    {
        queue.Enqueue(entry);
        size += entry.Item.Size;
        while (size > capacity / 2) size -= queue.Dequeue().Item.Size;
    }
}
