using Phala.Chain.Extrinsics;
using Phala.Codec;

namespace Phala.Tests.Chain.Extrinsics;

/// <summary>The bytes that the standard set of extensions puts into an extrinsic.</summary>
[Scale]
internal readonly partial record struct TestExtensions(Era Era, [Compact] uint Nonce, [Compact] UInt128 Tip, byte Mode);
