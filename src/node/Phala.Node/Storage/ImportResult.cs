namespace Phala.Node.Storage;

/// <summary>What became of a block, and where it could not be written, why.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Failure">Only with <see cref="ImportOutcome.Failed"/>.</param>
public readonly record struct ImportResult(ImportOutcome Outcome, StorageFailure? Failure = null);
