using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;

namespace Phala.Benchmarks.Codec.Samples;

/// <summary>The body of a signed extrinsic, version 4.</summary>
[Scale]
public readonly partial record struct SignedTransfer(
    byte Version,
    MultiAddress Sender,
    MultiSignature Signature,
    Era Era,
    [Compact] uint Nonce,
    [Compact] UInt128 Tip,
    byte Mode,
    TransferKeepAlive Call);
