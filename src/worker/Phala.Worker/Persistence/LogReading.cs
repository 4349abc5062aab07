namespace Phala.Worker.Persistence;

/// <summary>What a log holds.</summary>
/// <param name="Records">The records up to the first that is damaged or torn.</param>
/// <param name="Chain">What a log must name that continues after them; null where there is no log.</param>
internal sealed record LogReading(IReadOnlyList<byte[]> Records, byte[]? Chain)
{
    /// <summary>No log.</summary>
    public static LogReading None { get; } = new([], null);
}
