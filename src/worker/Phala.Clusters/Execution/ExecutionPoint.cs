using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>Where and when contracts are executed, as they see it.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="BlockNumber">The number of the entry's block.</param>
/// <param name="BlockTime">The entry's time in milliseconds since 1970.</param>
/// <param name="Rules">The rules.</param>
internal readonly record struct ExecutionPoint(Hash256 Cluster, uint BlockNumber, ulong BlockTime, RulesVersion Rules);
