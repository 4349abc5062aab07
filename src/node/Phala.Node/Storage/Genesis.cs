using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Storage;

/// <summary>What a chain begins with.</summary>
/// <param name="ChainId">The identifier of the chain specification.</param>
/// <param name="Block">The block with number 0.</param>
/// <param name="State">All entries of the state, as changes to none.</param>
/// <param name="Version">How the state commits to values.</param>
public sealed record Genesis(string ChainId, StoredBlock Block, StateDelta State, StateVersion Version);
