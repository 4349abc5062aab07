using Phala.Codec;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>An epoch of a cluster's command keys.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Epoch">The epoch.</param>
[Scale("phala_types::ClusterEpoch")]
public readonly partial record struct ClusterEpoch(Hash256 Cluster, uint Epoch);
