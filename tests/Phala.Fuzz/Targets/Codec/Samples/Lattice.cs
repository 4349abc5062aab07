using Phala.Codec;

namespace Phala.Fuzz.Targets.Codec.Samples;

/// <summary>A type that contains itself in arrays of a fixed length, in results and in tuples.</summary>
[Scale]
public abstract partial record Lattice
{
    private Lattice()
    {
    }

    /// <summary>Nothing.</summary>
    [Variant(0)]
    public sealed record Leaf : Lattice;

    /// <summary>Many at once.</summary>
    [Variant(1)]
    public sealed record Cell([Length(64)] Lattice[] Parts) : Lattice;

    /// <summary>A link, or a number instead.</summary>
    [Variant(2)]
    public sealed record Branch(Link Link, (byte Weight, Lattice? Next) Other) : Lattice;
}
