using Phala.Codec;

namespace Phala.Chain.Grandpa;

/// <summary>An ed25519 signature over a vote's <see cref="VotePayload"/>.</summary>
[Scale("sp_consensus_grandpa::app::Signature"), FixedBytes(64)]
public readonly partial struct GrandpaSignature;
