using System.Diagnostics.CodeAnalysis;
using Phala.Codec;
using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>An event that is a <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The record.</typeparam>
public sealed class EventShape<T> : EventShape
    where T : IEvent<T>
{
    internal EventShape(PalletShape pallet, byte index)
        : base(pallet, index, typeof(T))
    {
    }

    /// <inheritdoc/>
    public override bool TryDecode(ref ScaleReader reader, [NotNullWhen(true)] out RuntimeEvent? decoded)
    {
        decoded = T.TryDecode(ref reader, out T? value) ? new RuntimeEvent<T>(this, value) : null;
        return decoded is not null;
    }

    /// <inheritdoc/>
    public override TypeVariant Describe(TypeRegistryBuilder registry) => ShapeNames.Variant(registry.Inline<T>(), Name, Index);
}
