using Phala.Codec;

namespace Phala.Fuzz.Targets.Codec.Samples;

/// <summary>Bit sequences.</summary>
[Scale]
public readonly partial record struct Bits(BitSequence Votes, Vec<BitSequence> Rounds, byte End);
