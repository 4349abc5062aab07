namespace Phala.Clusters.Logs;

/// <summary>How full a log is.</summary>
/// <param name="Next">The number of what comes next.</param>
/// <param name="Capacity">How many bytes it holds.</param>
/// <param name="Size">How many it has.</param>
/// <param name="Count">How many items.</param>
public readonly record struct LogFigures(ulong Next, long Capacity, long Size, int Count);
