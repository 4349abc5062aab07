using System.Diagnostics.CodeAnalysis;
using Phala.Codec;
using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>A call whose arguments are a <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The record of the arguments.</typeparam>
public sealed class CallShape<T> : CallShape
    where T : ICall<T>
{
    internal CallShape(PalletShape pallet, byte index, string? name)
        : base(pallet, index, typeof(T), name)
    {
    }

    /// <inheritdoc/>
    public override bool TryDecode(ref ScaleReader reader, [NotNullWhen(true)] out RuntimeCall? call)
    {
        call = T.TryDecode(ref reader, out T? arguments) ? new RuntimeCall<T>(this, arguments) : null;
        return call is not null;
    }

    /// <inheritdoc/>
    public override TypeVariant Describe(TypeRegistryBuilder registry) => ShapeNames.Variant(registry.Inline<T>(), Name, Index);
}
