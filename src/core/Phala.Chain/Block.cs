using Phala.Chain.Extrinsics;
using Phala.Codec;

namespace Phala.Chain;

/// <summary>A header and the extrinsics that lead from the parent's state to the header's.</summary>
/// <param name="Header">The header.</param>
/// <param name="Extrinsics">The body, in the order of execution.</param>
[Scale("sp_runtime::generic::block::Block")]
public readonly partial record struct Block(Header Header, Vec<OpaqueExtrinsic> Extrinsics);
