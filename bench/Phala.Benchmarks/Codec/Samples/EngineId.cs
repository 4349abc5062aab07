using Phala.Codec;

namespace Phala.Benchmarks.Codec.Samples;

/// <summary>Four letters that name a consensus engine.</summary>
[Scale, FixedBytes(4)]
public readonly partial struct EngineId;
