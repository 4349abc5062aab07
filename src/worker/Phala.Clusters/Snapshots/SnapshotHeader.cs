using Phala.Codec;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Clusters.Snapshots;

/// <summary>What a snapshot says before the state's entries.</summary>
/// <param name="Genesis">The chain.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Position">The queue up to and with the last entry that was executed.</param>
/// <param name="BlockNumber">That entry's block.</param>
/// <param name="BlockTime">That entry's time.</param>
/// <param name="Reported">The state's root in the newest report.</param>
/// <param name="Root">The state's root.</param>
[Scale]
internal readonly partial record struct SnapshotHeader(Hash256 Genesis, Hash256 Cluster, QueueHead Position, uint BlockNumber, ulong BlockTime, Hash256 Reported, Hash256 Root);
