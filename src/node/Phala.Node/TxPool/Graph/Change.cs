using Phala.Trie;

namespace Phala.Node.TxPool.Graph;

/// <summary>What happened to a transaction in the graph.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Node">To which.</param>
/// <param name="By">The hash of the usurper, or of the block that included it.</param>
/// <param name="Index">The place in the block.</param>
internal readonly record struct Change(ChangeKind Kind, PoolNode Node, Hash256 By = default, uint Index = 0);
