using Phala.Trie;

namespace Phala.Node.Storage;

/// <summary>What became of a request to finalize.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Finalized">The blocks that are finalized by it, ascending.</param>
/// <param name="Dropped">The blocks of forks that have lost by it: they are not kept any more.</param>
/// <param name="Failure">Only with <see cref="FinalizeOutcome.Failed"/>.</param>
public sealed record FinalizeResult(FinalizeOutcome Outcome, IReadOnlyList<Hash256> Finalized, IReadOnlyList<Hash256> Dropped, StorageFailure? Failure = null);
