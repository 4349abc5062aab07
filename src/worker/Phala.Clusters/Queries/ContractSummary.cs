using Phala.Trie;

namespace Phala.Clusters.Queries;

/// <summary>A contract of a cluster.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CodeHash">Its code.</param>
public readonly record struct ContractSummary(Hash256 Id, Hash256 CodeHash);
