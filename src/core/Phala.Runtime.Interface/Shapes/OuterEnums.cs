using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>Describes the enums of a pallet (<c>pallet_balances::pallet::Call</c>) and those that put them together (<c>phala_runtime::RuntimeCall</c>).</summary>
/// <remarks>None of them is a C# type: a call is its record, and the enums are made of the shapes.</remarks>
internal static class OuterEnums
{
    /// <summary>What the paths of the runtime's own types begin with.</summary>
    public const string Runtime = "phala_runtime";

    /// <summary>Adds an outer enum and returns its id.</summary>
    public static int Describe(TypeRegistryBuilder registry, OuterEnumKind kind) => registry.Named(kind, registry => new TypeDescription(
        [Runtime, $"Runtime{NameOf(kind)}"],
        [],
        new TypeDefinition.Variant([.. RuntimeShape.Pallets.SelectMany(pallet => Member(registry, pallet, kind))]),
        []));

    /// <summary>Adds a pallet's enum and returns its id; null where it is empty.</summary>
    public static int? DescribePallet(TypeRegistryBuilder registry, PalletShape pallet, OuterEnumKind kind)
    {
        if (kind == OuterEnumKind.Errors) return pallet.DescribeErrors?.Invoke(registry);
        int count = kind == OuterEnumKind.Calls ? pallet.Calls.Count : pallet.Events.Count;
        return count == 0 ? null : registry.Named((pallet, kind), registry => PalletEnum(registry, pallet, kind));
    }

    private static TypeDescription PalletEnum(TypeRegistryBuilder registry, PalletShape pallet, OuterEnumKind kind) => new(
        [pallet.Crate, "pallet", NameOf(kind)],
        [],
        new TypeDefinition.Variant(kind == OuterEnumKind.Calls
            ? [.. pallet.Calls.Select(call => call.Describe(registry))]
            : [.. pallet.Events.Select(item => item.Describe(registry))]),
        []);

    private static IEnumerable<TypeVariant> Member(TypeRegistryBuilder registry, PalletShape pallet, OuterEnumKind kind)
    {
        if (DescribePallet(registry, pallet, kind) is { } type) yield return new TypeVariant(pallet.Name, [TypeField.Unnamed(type)], pallet.Index, []);
    }

    private static string NameOf(OuterEnumKind kind) => kind switch
    {
        OuterEnumKind.Calls => "Call",
        OuterEnumKind.Events => "Event",
        _ => "Error",
    };
}
