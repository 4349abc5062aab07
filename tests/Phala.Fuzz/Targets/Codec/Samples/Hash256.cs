using Phala.Codec;

namespace Phala.Fuzz.Targets.Codec.Samples;

/// <summary>A hash of 256 bits.</summary>
[Scale("primitive_types::H256"), FixedBytes(32)]
public readonly partial struct Hash256;
