namespace Phala.Worker.Persistence;

/// <summary>What a store held.</summary>
/// <param name="Snapshot">The newest snapshot that opens; null where there is none.</param>
/// <param name="Records">What was logged after it, in order.</param>
/// <param name="Damaged">Generations whose snapshot did not open and was passed over.</param>
public sealed record Restored(byte[]? Snapshot, IReadOnlyList<byte[]> Records, IReadOnlyList<ulong> Damaged);
