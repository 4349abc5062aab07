using Phala.Codec;

namespace Phala.Benchmarks.Codec.Samples;

/// <summary>An sr25519 or ed25519 signature.</summary>
[Scale, FixedBytes(64)]
public readonly partial struct Signature64;
