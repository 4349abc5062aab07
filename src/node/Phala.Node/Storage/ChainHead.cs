using Phala.Trie;

namespace Phala.Node.Storage;

/// <summary>A block by hash and number.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Number">Its number.</param>
public readonly record struct ChainHead(Hash256 Hash, uint Number);
