using Phala.Chain;
using Phala.Codec;

namespace Phala.Clusters.Native;

/// <summary>A driver: the contract that serves a purpose in the cluster.</summary>
/// <param name="Block">Since when.</param>
/// <param name="Contract">The contract.</param>
/// <param name="History">Those before, and since when each, the oldest first.</param>
[Scale]
internal sealed partial record DriverRecord(uint Block, AccountId Contract, Vec<(uint Block, AccountId Contract)> History);
