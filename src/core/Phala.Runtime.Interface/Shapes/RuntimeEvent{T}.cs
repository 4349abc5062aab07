using Phala.Codec;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>An event that is a <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The record.</typeparam>
public sealed class RuntimeEvent<T> : RuntimeEvent
    where T : IEvent<T>
{
    private readonly T _value;

    internal RuntimeEvent(EventShape<T> shape, in T value)
        : base(shape) => _value = value;

    /// <summary>What it tells.</summary>
    public ref readonly T Value => ref _value;

    /// <inheritdoc/>
    public override string ToString() => $"{Shape.Pallet.Name}.{_value}";

    private protected override void EncodeFields(ref ScaleWriter writer) => T.Encode(ref writer, _value);

    private protected override int FieldsLength() => T.EncodedLength(_value);
}
