using System.Diagnostics.CodeAnalysis;
using Phala.Codec;
using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>An event of a pallet: its indices, its name and how it is read.</summary>
/// <param name="pallet">The pallet.</param>
/// <param name="index">The byte after the pallet's index.</param>
/// <param name="type">The record.</param>
public abstract class EventShape(PalletShape pallet, byte index, Type type)
{
    /// <summary>The pallet.</summary>
    public PalletShape Pallet { get; } = pallet;

    /// <summary>The byte after the pallet's index.</summary>
    public byte Index { get; } = index;

    /// <summary>The record.</summary>
    public Type Type { get; } = type;

    /// <summary>The name, such as <c>Transfer</c>.</summary>
    public string Name => Type.Name;

    /// <summary>Reads what the event tells.</summary>
    public abstract bool TryDecode(ref ScaleReader reader, [NotNullWhen(true)] out RuntimeEvent? decoded);

    /// <summary>Describes the event as a variant of the pallet's enum of events.</summary>
    public abstract TypeVariant Describe(TypeRegistryBuilder registry);
}
