using System.Collections.Frozen;
using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>All pallets of the runtime, and the calls and events found by their indices or records.</summary>
public static class RuntimeShape
{
    // First, as the tables below are made of it.
    /// <summary>The pallets in the order of their indices.</summary>
    public static IReadOnlyList<PalletShape> Pallets { get; } =
    [
        FrameSystem.Shape,
        Timestamp.Shape,
        Aura.Shape,
        Grandpa.Shape,
        Balances.Shape,
        TransactionPayment.Shape,
        Sudo.Shape,
        Utility.Shape,
        Session.Shape,
        Upgrade.Shape,
        PhalaMq.Shape,
        PhalaRegistry.Shape,
        PhalaPhatContracts.Shape,
    ];

    private static readonly PalletShape?[] ByIndex = Index();
    private static readonly CallShape?[] Calls = Table(pallet => pallet.Calls, call => call.Pallet.Index, call => call.Index);
    private static readonly EventShape?[] Events = Table(pallet => pallet.Events, item => item.Pallet.Index, item => item.Index);
    private static readonly FrozenDictionary<Type, CallShape> CallsByType = Pallets.SelectMany(pallet => pallet.Calls).ToFrozenDictionary(call => call.Type);
    private static readonly FrozenDictionary<Type, EventShape> EventsByType = Pallets.SelectMany(pallet => pallet.Events).ToFrozenDictionary(item => item.Type);

    /// <summary>The pallet with an index.</summary>
    public static PalletShape? Find(byte pallet) => ByIndex[pallet];

    /// <summary>The call with indices.</summary>
    public static CallShape? FindCall(byte pallet, byte call) => Calls[(pallet << 8) | call];

    /// <summary>The event with indices.</summary>
    public static EventShape? FindEvent(byte pallet, byte index) => Events[(pallet << 8) | index];

    /// <summary>The call of a record.</summary>
    /// <exception cref="ArgumentException">No pallet lists it.</exception>
    public static CallShape CallOf(Type type) => CallsByType.TryGetValue(type, out CallShape? shape) ? shape : throw new ArgumentException($"No pallet lists the call {type}.", nameof(type));

    /// <summary>The event of a record.</summary>
    /// <exception cref="ArgumentException">No pallet lists it.</exception>
    public static EventShape EventOf(Type type) => EventsByType.TryGetValue(type, out EventShape? shape) ? shape : throw new ArgumentException($"No pallet lists the event {type}.", nameof(type));

    /// <summary>Adds the enum of all calls and returns its id.</summary>
    public static int DescribeCalls(TypeRegistryBuilder registry) => OuterEnums.Describe(registry, OuterEnumKind.Calls);

    /// <summary>Adds the enum of all events and returns its id.</summary>
    public static int DescribeEvents(TypeRegistryBuilder registry) => OuterEnums.Describe(registry, OuterEnumKind.Events);

    /// <summary>Adds the enum of all errors and returns its id.</summary>
    public static int DescribeErrors(TypeRegistryBuilder registry) => OuterEnums.Describe(registry, OuterEnumKind.Errors);

    private static PalletShape?[] Index()
    {
        PalletShape?[] table = new PalletShape?[256];
        foreach (PalletShape pallet in Pallets) table[pallet.Index] = pallet;
        return table;
    }

    private static T?[] Table<T>(Func<PalletShape, IReadOnlyList<T>> items, Func<T, byte> pallet, Func<T, byte> index)
        where T : class
    {
        T?[] table = new T?[1 << 16];
        foreach (T item in Pallets.SelectMany(items)) table[(pallet(item) << 8) | index(item)] = item;
        return table;
    }
}
