using Phala.Chain;
using Phala.Runtime.Execution;

namespace Phala.Node.Consensus;

/// <summary>What came of a slot.</summary>
/// <param name="Status">What.</param>
/// <param name="Error">Why there is no block.</param>
/// <param name="Import">What became of the block.</param>
/// <param name="Block">The block.</param>
/// <param name="Extrinsics">How many extrinsics it has.</param>
public readonly record struct AuthorReport(AuthorStatus Status, BlockError Error = BlockError.None, ImportReport Import = default, BlockId Block = default, int Extrinsics = 0);
