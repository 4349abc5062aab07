using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>Rules that a program has.</summary>
/// <param name="Version">Their version.</param>
/// <param name="SystemCode">The newest code of system contracts under them. No cluster has it under older ones.</param>
public readonly record struct ClusterRules(RulesVersion Version, Hash256 SystemCode);
