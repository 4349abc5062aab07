using Phala.Trie;

namespace Phala.Node.Rpc.Methods;

/// <summary>A connected peer, as <c>system_peers</c> tells it.</summary>
/// <param name="PeerId">Its identity, base58.</param>
/// <param name="Roles">Its roles, such as <c>FULL</c>.</param>
/// <param name="BestHash">Its best block.</param>
/// <param name="BestNumber">The number of that.</param>
public sealed record PeerFacts(string PeerId, string Roles, Hash256 BestHash, uint BestNumber);
