namespace Phala.Codec;

/// <summary>Makes a sealed record, nested in an abstract one with <see cref="ScaleAttribute"/>, a case of it.</summary>
/// <param name="index">The byte that stands for the case.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class VariantAttribute(byte index) : Attribute
{
    /// <summary>The byte that stands for the case.</summary>
    public byte Index { get; } = index;

    /// <summary>Whether metadata shows the fields without names, as those of a Rust tuple variant.</summary>
    public bool Unnamed { get; init; }
}
