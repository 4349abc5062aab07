using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Worker.Interface.Queries;

/// <summary>A query as it is sent to a worker.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Contract">The contract: workers queue by it before they open anything.</param>
/// <param name="Session">The signing key of the session that it is for.</param>
/// <param name="Ciphertext">Encapsulation ‖ ciphertext ‖ tag.</param>
[Scale]
public sealed partial record SealedQuery(Hash256 Cluster, Hash256 Contract, Sr25519PublicKey Session, Vec<byte> Ciphertext);
