using Phala.Codec;

namespace Phala.Chain.Grandpa;

/// <summary>A vote to finalize a block, with who signed it.</summary>
/// <param name="Precommit">The vote.</param>
/// <param name="Signature">The signature over its <see cref="VotePayload"/>.</param>
/// <param name="Id">The voter.</param>
[Scale("finality_grandpa::SignedPrecommit")]
public readonly partial record struct SignedPrecommit(Precommit Precommit, GrandpaSignature Signature, GrandpaAuthorityId Id);
