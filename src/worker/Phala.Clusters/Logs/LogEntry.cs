namespace Phala.Clusters.Logs;

/// <summary>Something in a log.</summary>
/// <param name="Sequence">Its number, of all that ever was in it.</param>
/// <param name="Item">It.</param>
public readonly record struct LogEntry(ulong Sequence, LogItem Item);
