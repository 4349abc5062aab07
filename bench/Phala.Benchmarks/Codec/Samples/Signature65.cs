using Phala.Codec;

namespace Phala.Benchmarks.Codec.Samples;

/// <summary>A recoverable ECDSA signature.</summary>
[Scale, FixedBytes(65)]
public readonly partial struct Signature65;
