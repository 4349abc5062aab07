using System.Diagnostics.CodeAnalysis;
using Phala.Codec;
using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>Any call of the runtime: the indices of pallet and call, then the arguments. Nested where a call has calls as arguments.</summary>
public abstract class RuntimeCall : IScale<RuntimeCall>, IEquatable<RuntimeCall>
{
    private protected RuntimeCall(CallShape shape) => Shape = shape;

    /// <summary>Which call it is.</summary>
    public CallShape Shape { get; }

    /// <inheritdoc/>
    public static int MinimumLength => 2;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <summary>A call with its arguments.</summary>
    /// <exception cref="ArgumentException">No pallet lists the call.</exception>
    public static RuntimeCall Of<T>(in T arguments)
        where T : ICall<T> => new RuntimeCall<T>((CallShape<T>)RuntimeShape.CallOf(typeof(T)), arguments);

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, [NotNullWhen(true)] out RuntimeCall value)
    {
        value = null!;
        int start = reader.Position;
        if (!reader.TryEnter() || !reader.TryReadByte(out byte pallet) || !reader.TryReadByte(out byte index)) return false;
        if (RuntimeShape.FindCall(pallet, index) is not { } shape) return reader.FailAt(ScaleError.UnknownVariant, start);
        if (!shape.TryDecode(ref reader, out RuntimeCall? call)) return false;
        value = call;
        reader.Leave();
        return true;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in RuntimeCall value)
    {
        writer.WriteByte(value.Shape.Pallet.Index);
        writer.WriteByte(value.Shape.Index);
        value.EncodeArguments(ref writer);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in RuntimeCall value) => 2 + value.ArgumentsLength();

    /// <inheritdoc/>
    public static int Compare(in RuntimeCall left, in RuntimeCall right) => Scale.Encode(left).AsSpan().SequenceCompareTo(Scale.Encode(right));

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => RuntimeShape.DescribeCalls(registry);

    /// <inheritdoc/>
    public bool Equals(RuntimeCall? other) => other is not null && Compare(this, other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RuntimeCall other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => FixedBytes.HashCode(Scale.Encode(this));

    /// <summary>Writes the arguments.</summary>
    private protected abstract void EncodeArguments(ref ScaleWriter writer);

    /// <summary>How many bytes the arguments take.</summary>
    private protected abstract int ArgumentsLength();
}
