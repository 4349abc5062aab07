using System.Diagnostics.CodeAnalysis;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Tuples of four: the items one after the other.</summary>
public readonly struct Tuple4Codec<TCodec1, T1, TCodec2, T2, TCodec3, T3, TCodec4, T4> : IScaleCodec<(T1, T2, T3, T4)>
    where TCodec1 : IScaleCodec<T1>
    where TCodec2 : IScaleCodec<T2>
    where TCodec3 : IScaleCodec<T3>
    where TCodec4 : IScaleCodec<T4>
{
    /// <inheritdoc/>
    public static int MinimumLength => TCodec1.MinimumLength + TCodec2.MinimumLength + TCodec3.MinimumLength + TCodec4.MinimumLength;

    /// <inheritdoc/>
    public static bool IsFixedLength => TCodec1.IsFixedLength && TCodec2.IsFixedLength && TCodec3.IsFixedLength && TCodec4.IsFixedLength;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, [MaybeNullWhen(false)] out (T1, T2, T3, T4) value)
    {
        if (TCodec1.TryDecode(ref reader, out T1? item1)
            && TCodec2.TryDecode(ref reader, out T2? item2)
            && TCodec3.TryDecode(ref reader, out T3? item3)
            && TCodec4.TryDecode(ref reader, out T4? item4))
        {
            value = (item1, item2, item3, item4);
            return true;
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in (T1, T2, T3, T4) value)
    {
        TCodec1.Encode(ref writer, value.Item1);
        TCodec2.Encode(ref writer, value.Item2);
        TCodec3.Encode(ref writer, value.Item3);
        TCodec4.Encode(ref writer, value.Item4);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in (T1, T2, T3, T4) value) =>
        TCodec1.EncodedLength(value.Item1)
            + TCodec2.EncodedLength(value.Item2)
            + TCodec3.EncodedLength(value.Item3)
            + TCodec4.EncodedLength(value.Item4);

    /// <inheritdoc/>
    public static int Compare(in (T1, T2, T3, T4) left, in (T1, T2, T3, T4) right)
    {
        int order = TCodec1.Compare(left.Item1, right.Item1);
        if (order != 0) return order;
        order = TCodec2.Compare(left.Item2, right.Item2);
        if (order != 0) return order;
        order = TCodec3.Compare(left.Item3, right.Item3);
        if (order != 0) return order;
        return TCodec4.Compare(left.Item4, right.Item4);
    }

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Tuple(TCodec1.Describe(registry), TCodec2.Describe(registry), TCodec3.Describe(registry), TCodec4.Describe(registry));
}
