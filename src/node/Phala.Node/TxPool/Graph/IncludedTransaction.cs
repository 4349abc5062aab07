using Phala.Chain;
using Phala.Trie;

namespace Phala.Node.TxPool.Graph;

/// <summary>A transaction in a block.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Index">Its place in the block.</param>
/// <param name="Account">Its signer; zero for none.</param>
/// <param name="Tags">What it provides, as far as its bytes alone say.</param>
internal readonly record struct IncludedTransaction(Hash256 Hash, uint Index, AccountId Account, Tag[] Tags);
