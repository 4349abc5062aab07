using Phala.Codec;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>An entry of the queue, as a cluster executes it.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Count">The queue's count after the entry.</param>
[Scale("phala_types::ClusterCount")]
public readonly partial record struct ClusterCount(Hash256 Cluster, ulong Count);
