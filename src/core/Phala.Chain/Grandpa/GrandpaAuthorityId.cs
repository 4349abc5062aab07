using Phala.Codec;

namespace Phala.Chain.Grandpa;

/// <summary>An authority's ed25519 public key.</summary>
[Scale("sp_consensus_grandpa::app::Public"), FixedBytes(32)]
public readonly partial struct GrandpaAuthorityId;
