using Phala.Codec;

namespace Phala.Fuzz.Targets.Codec.Samples;

/// <summary>Compact integers of every width.</summary>
[Scale]
public readonly partial record struct Compacts(
    [Compact] byte U8,
    [Compact] ushort U16,
    [Compact] uint U32,
    [Compact] ulong U64,
    [Compact] UInt128 U128,
    [Compact] UInt256 U256,
    Compact<uint> Wrapped);
