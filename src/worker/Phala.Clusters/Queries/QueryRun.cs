using Phala.Trie;
using Phala.Worker.Interface.Queries;

namespace Phala.Clusters.Queries;

/// <summary>What a query gave on a worker.</summary>
/// <param name="Outcome">The answer.</param>
/// <param name="CodeHash">The contract's code; zeros where there is no such contract.</param>
/// <param name="Gas">What it took, exactly: for the worker's own accounting.</param>
public readonly record struct QueryRun(QueryOutcome Outcome, Hash256 CodeHash, ulong Gas);
