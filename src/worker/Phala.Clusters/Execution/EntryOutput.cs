using Phala.Clusters.Logs;

namespace Phala.Clusters.Execution;

/// <summary>What an entry gives besides state and receipts, as it comes about.</summary>
/// <remarks>
/// <b>Invariant.</b> What commands emit and leave in logs is no part of any result that is replicated, and it takes no more memory than <see cref="MostBytes"/> each, however many commands an entry has.
/// </remarks>
internal sealed class EntryOutput
{
    /// <summary>The bytes of events, and of what is left in logs, that are kept of an entry.</summary>
    internal const int MostBytes = 16 * 1024 * 1024;

    private readonly List<ContractEvent> _events = [];
    private readonly Queue<LogItem> _journal = new();
    private long _eventBytes, _journalBytes;

    internal List<EgressMessage> Egress { get; } = [];

    internal List<LogRecord> Log { get; } = [];

    internal IReadOnlyList<ContractEvent> Events => _events;

    internal IReadOnlyList<LogItem> Journal => [.. _journal];

    /// <summary>Keeps events of a command that stays; what comes when there is no room is dropped.</summary>
    internal void Tell(IReadOnlyList<ContractEvent> events)
    {
        foreach (ContractEvent told in events)
        {
            _eventBytes += CallEngine.SizeOf(told);
            if (_eventBytes > MostBytes) return;
            _events.Add(told);
        }
    }

    /// <summary>Keeps what a run has left for the log; where there is no room, what came first is dropped, as logs do.</summary>
    internal void Leave(RunLog left)
    {
        foreach (LogItem item in left.Items)
        {
            _journal.Enqueue(item);
            _journalBytes += item.Size;
            while (_journalBytes > MostBytes) _journalBytes -= _journal.Dequeue().Size;
        }
    }
}
