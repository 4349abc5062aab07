using System.Diagnostics.CodeAnalysis;
using Phala.Codec;
using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>Any event of the runtime: the indices of pallet and event, then what it tells.</summary>
public abstract class RuntimeEvent : IScale<RuntimeEvent>, IEquatable<RuntimeEvent>
{
    private protected RuntimeEvent(EventShape shape) => Shape = shape;

    /// <summary>Which event it is.</summary>
    public EventShape Shape { get; }

    /// <inheritdoc/>
    public static int MinimumLength => 2;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <summary>An event with what it tells.</summary>
    /// <exception cref="ArgumentException">No pallet lists the event.</exception>
    public static RuntimeEvent Of<T>(in T value)
        where T : IEvent<T> => new RuntimeEvent<T>((EventShape<T>)RuntimeShape.EventOf(typeof(T)), value);

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, [NotNullWhen(true)] out RuntimeEvent value)
    {
        value = null!;
        int start = reader.Position;
        if (!reader.TryReadByte(out byte pallet) || !reader.TryReadByte(out byte index)) return false;
        if (RuntimeShape.FindEvent(pallet, index) is not { } shape) return reader.FailAt(ScaleError.UnknownVariant, start);
        if (!shape.TryDecode(ref reader, out RuntimeEvent? decoded)) return false;
        value = decoded;
        return true;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in RuntimeEvent value)
    {
        writer.WriteByte(value.Shape.Pallet.Index);
        writer.WriteByte(value.Shape.Index);
        value.EncodeFields(ref writer);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in RuntimeEvent value) => 2 + value.FieldsLength();

    /// <inheritdoc/>
    public static int Compare(in RuntimeEvent left, in RuntimeEvent right) => Scale.Encode(left).AsSpan().SequenceCompareTo(Scale.Encode(right));

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => RuntimeShape.DescribeEvents(registry);

    /// <inheritdoc/>
    public bool Equals(RuntimeEvent? other) => other is not null && Compare(this, other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RuntimeEvent other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => FixedBytes.HashCode(Scale.Encode(this));

    /// <summary>Writes what the event tells.</summary>
    private protected abstract void EncodeFields(ref ScaleWriter writer);

    /// <summary>How many bytes that takes.</summary>
    private protected abstract int FieldsLength();
}
