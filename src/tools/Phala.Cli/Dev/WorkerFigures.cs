namespace Phala.Cli.Dev;

/// <summary>What is shown of a worker.</summary>
/// <param name="Lag">How many final blocks it has not seen; null where it does not answer.</param>
/// <param name="LeaseEnd">The last block of its session's lease; null where it has none.</param>
/// <param name="Memory">Bytes of memory.</param>
internal readonly record struct WorkerFigures(long? Lag, uint? LeaseEnd, long Memory);
