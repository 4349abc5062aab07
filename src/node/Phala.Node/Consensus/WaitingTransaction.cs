using Phala.Chain.Extrinsics;

namespace Phala.Node.Consensus;

/// <summary>A transaction that could be in the next block.</summary>
/// <param name="Opaque">Its bytes.</param>
/// <param name="IsVerified">Whether its signature has been verified for the next block's rules.</param>
public readonly record struct WaitingTransaction(OpaqueExtrinsic Opaque, bool IsVerified);
