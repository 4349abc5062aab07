using Phala.Codec;

namespace Phala.Worker.Interface.Sync;

/// <summary>A final block, at the worker's head's number or below, that is none of its chain: the request of <c>ReportConflict</c>. If it is one, the worker stops.</summary>
/// <param name="Claim">The encoding of the light client's <c>FinalityClaim</c>.</param>
/// <param name="HeadProof">A read proof of <c>System.BlockHash</c> of the block's number under the state root of the worker's head; empty where the number is the head's.</param>
[Scale]
public sealed partial record ConflictReport(Vec<byte> Claim, Vec<byte> HeadProof);
