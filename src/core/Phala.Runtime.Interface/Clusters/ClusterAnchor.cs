using Phala.Codec;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>What the chain holds to be a cluster's state: what enough members reported alike.</summary>
/// <param name="Queue">The position in the queue after which it was so.</param>
/// <param name="StateRoot">The state's root.</param>
/// <param name="ReceiptsRoot">The root of the entry's receipts.</param>
/// <param name="ReportHash">The report's hash.</param>
/// <param name="Members">How many members reported it.</param>
[Scale("phala_types::receipt::ClusterAnchor")]
public readonly partial record struct ClusterAnchor(QueueHead Queue, Hash256 StateRoot, Hash256 ReceiptsRoot, Hash256 ReportHash, uint Members);
