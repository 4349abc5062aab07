using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;

namespace Phala.Clusters.State;

/// <summary>What a cluster began with.</summary>
/// <param name="Setup">As its first message said.</param>
/// <param name="SystemContract">The system contract's id.</param>
[Scale]
public readonly partial record struct ClusterConfig(ClusterSetup Setup, Hash256 SystemContract);
