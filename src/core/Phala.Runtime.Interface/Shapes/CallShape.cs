using System.Diagnostics.CodeAnalysis;
using Phala.Codec;
using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>A call of a pallet: its indices, its name and how its arguments are read.</summary>
/// <param name="pallet">The pallet.</param>
/// <param name="index">The byte after the pallet's index.</param>
/// <param name="type">The record of the arguments.</param>
/// <param name="name">The name in metadata; null for the record's.</param>
public abstract class CallShape(PalletShape pallet, byte index, Type type, string? name)
{
    /// <summary>The pallet.</summary>
    public PalletShape Pallet { get; } = pallet;

    /// <summary>The byte after the pallet's index.</summary>
    public byte Index { get; } = index;

    /// <summary>The record of the arguments.</summary>
    public Type Type { get; } = type;

    /// <summary>The name, such as <c>transfer_keep_alive</c>.</summary>
    public string Name { get; } = name ?? ShapeNames.SnakeCase(type.Name);

    /// <summary>Reads the arguments.</summary>
    public abstract bool TryDecode(ref ScaleReader reader, [NotNullWhen(true)] out RuntimeCall? call);

    /// <summary>Describes the call as a variant of the pallet's enum of calls.</summary>
    public abstract TypeVariant Describe(TypeRegistryBuilder registry);
}
