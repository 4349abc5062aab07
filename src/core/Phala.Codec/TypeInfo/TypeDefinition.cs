namespace Phala.Codec.TypeInfo;

/// <summary>What a type consists of. Types are named by their ids in the registry.</summary>
public abstract record TypeDefinition
{
    private TypeDefinition()
    {
    }

    /// <summary>Fields one after the other.</summary>
    /// <param name="Fields">The fields.</param>
    public sealed record Composite(IReadOnlyList<TypeField> Fields) : TypeDefinition;

    /// <summary>One of several variants.</summary>
    /// <param name="Variants">The variants.</param>
    public sealed record Variant(IReadOnlyList<TypeVariant> Variants) : TypeDefinition;

    /// <summary>Any number of elements, with their number in front.</summary>
    /// <param name="Element">The id of the elements' type.</param>
    public sealed record Sequence(int Element) : TypeDefinition;

    /// <summary>A fixed number of elements.</summary>
    /// <param name="Length">The number of elements.</param>
    /// <param name="Element">The id of the elements' type.</param>
    public sealed record Array(uint Length, int Element) : TypeDefinition;

    /// <summary>Values of several types one after the other; without any, the unit type.</summary>
    /// <param name="Elements">The ids of the types.</param>
    public sealed record Tuple(IReadOnlyList<int> Elements) : TypeDefinition;

    /// <summary>A type that needs no description.</summary>
    /// <param name="Kind">Which one.</param>
    public sealed record Simple(Primitive Kind) : TypeDefinition;

    /// <summary>An integer in compact form.</summary>
    /// <param name="Inner">The id of the integer's type.</param>
    public sealed record Compact(int Inner) : TypeDefinition;

    /// <summary>Bits, with their number in front.</summary>
    /// <param name="Store">The id of the integer type that the bits are stored in.</param>
    /// <param name="Order">The id of the type that stands for the order of bits within it.</param>
    public sealed record BitSequence(int Store, int Order) : TypeDefinition;
}
