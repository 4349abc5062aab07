using Phala.Codec;
using Phala.Trie;

namespace Phala.Chain.Grandpa;

/// <summary>The votes of a round that finalize a block.</summary>
/// <param name="TargetHash">The block's hash.</param>
/// <param name="TargetNumber">The block's number.</param>
/// <param name="Precommits">The votes, for the block and for descendants of it.</param>
[Scale("finality_grandpa::Commit")]
public readonly partial record struct Commit(Hash256 TargetHash, uint TargetNumber, Vec<SignedPrecommit> Precommits);
