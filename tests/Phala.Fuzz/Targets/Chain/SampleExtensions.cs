using Phala.Chain.Extrinsics;
using Phala.Codec;

namespace Phala.Fuzz.Targets.Chain;

/// <summary>Extensions such as a runtime has: era, nonce, tip.</summary>
[Scale]
internal readonly partial record struct SampleExtensions(Era Era, [Compact] uint Nonce, [Compact] UInt128 Tip);
