using Phala.Codec;

namespace Phala.Fuzz.Targets.Codec.Samples;

/// <summary>Two values of any types.</summary>
[Scale]
public readonly partial record struct Pair<TFirst, TSecond>(TFirst First, TSecond Second)
    where TFirst : IScale<TFirst>
    where TSecond : IScale<TSecond>;
