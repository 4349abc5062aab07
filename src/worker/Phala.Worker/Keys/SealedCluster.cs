using Phala.Codec;
using Phala.Trie;

namespace Phala.Worker.Keys;

/// <summary>A cluster's secrets as <c>gatekeeper.seal</c> holds them.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Epoch">The command key's epoch.</param>
/// <param name="CommandKey">The command key's private half.</param>
/// <param name="Root">The root secret.</param>
[Scale]
internal sealed partial record SealedCluster(Hash256 Cluster, uint Epoch, KeyBytes CommandKey, KeyBytes Root);
