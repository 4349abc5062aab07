using Phala.Codec;

namespace Phala.Chain.Aura;

/// <summary>An author's sr25519 public key.</summary>
[Scale("sp_consensus_aura::sr25519::app_sr25519::Public"), FixedBytes(32)]
public readonly partial struct AuraAuthorityId;
