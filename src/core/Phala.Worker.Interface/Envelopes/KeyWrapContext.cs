using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Worker.Interface.Envelopes;

/// <summary>What wrapped secrets are bound to.</summary>
/// <param name="Genesis">The chain.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Epoch">The epoch.</param>
/// <param name="Session">The session's signing key, which names it.</param>
/// <param name="ClaimedBlock">The hash of the block that the session claimed, as the chain recorded it: a worker that was fed another history knows another.</param>
public readonly record struct KeyWrapContext(Hash256 Genesis, Hash256 Cluster, uint Epoch, Sr25519PublicKey Session, Hash256 ClaimedBlock);
