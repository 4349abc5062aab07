using Phala.Codec;

namespace Phala.Fuzz.Targets.Codec.Samples;

/// <summary>A record that contains itself in a result.</summary>
[Scale]
public sealed partial record Link(Result<Link, Lattice> Next);
