using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;

namespace Phala.Node.TxPool;

/// <summary>A block that enters or leaves the best chain.</summary>
/// <param name="Id">The block.</param>
/// <param name="Extrinsics">Its body.</param>
public readonly record struct PoolBlock(BlockId Id, Vec<OpaqueExtrinsic> Extrinsics);
