using Phala.Chain;
using Phala.Codec;

namespace Phala.Benchmarks.Codec.Samples;

/// <summary>The call <c>balances.transfer_keep_alive</c> with its two indices.</summary>
[Scale]
public readonly partial record struct TransferKeepAlive(byte Pallet, byte Call, MultiAddress Destination, [Compact] UInt128 Value);
