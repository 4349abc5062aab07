using Phala.Codec;
using Phala.Trie;

namespace Phala.Chain.Grandpa;

/// <summary>A vote to finalize a block.</summary>
/// <param name="TargetHash">The block's hash.</param>
/// <param name="TargetNumber">The block's number.</param>
[Scale("finality_grandpa::Precommit")]
public readonly partial record struct Precommit(Hash256 TargetHash, uint TargetNumber);
