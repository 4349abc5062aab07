using System.Diagnostics.CodeAnalysis;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Tuples of seven: the items one after the other.</summary>
public readonly struct Tuple7Codec<TCodec1, T1, TCodec2, T2, TCodec3, T3, TCodec4, T4, TCodec5, T5, TCodec6, T6, TCodec7, T7> : IScaleCodec<(T1, T2, T3, T4, T5, T6, T7)>
    where TCodec1 : IScaleCodec<T1>
    where TCodec2 : IScaleCodec<T2>
    where TCodec3 : IScaleCodec<T3>
    where TCodec4 : IScaleCodec<T4>
    where TCodec5 : IScaleCodec<T5>
    where TCodec6 : IScaleCodec<T6>
    where TCodec7 : IScaleCodec<T7>
{
    /// <inheritdoc/>
    public static int MinimumLength => TCodec1.MinimumLength + TCodec2.MinimumLength + TCodec3.MinimumLength + TCodec4.MinimumLength + TCodec5.MinimumLength + TCodec6.MinimumLength + TCodec7.MinimumLength;

    /// <inheritdoc/>
    public static bool IsFixedLength => TCodec1.IsFixedLength && TCodec2.IsFixedLength && TCodec3.IsFixedLength && TCodec4.IsFixedLength && TCodec5.IsFixedLength && TCodec6.IsFixedLength && TCodec7.IsFixedLength;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, [MaybeNullWhen(false)] out (T1, T2, T3, T4, T5, T6, T7) value)
    {
        if (TCodec1.TryDecode(ref reader, out T1? item1)
            && TCodec2.TryDecode(ref reader, out T2? item2)
            && TCodec3.TryDecode(ref reader, out T3? item3)
            && TCodec4.TryDecode(ref reader, out T4? item4)
            && TCodec5.TryDecode(ref reader, out T5? item5)
            && TCodec6.TryDecode(ref reader, out T6? item6)
            && TCodec7.TryDecode(ref reader, out T7? item7))
        {
            value = (item1, item2, item3, item4, item5, item6, item7);
            return true;
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in (T1, T2, T3, T4, T5, T6, T7) value)
    {
        TCodec1.Encode(ref writer, value.Item1);
        TCodec2.Encode(ref writer, value.Item2);
        TCodec3.Encode(ref writer, value.Item3);
        TCodec4.Encode(ref writer, value.Item4);
        TCodec5.Encode(ref writer, value.Item5);
        TCodec6.Encode(ref writer, value.Item6);
        TCodec7.Encode(ref writer, value.Item7);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in (T1, T2, T3, T4, T5, T6, T7) value) =>
        TCodec1.EncodedLength(value.Item1)
            + TCodec2.EncodedLength(value.Item2)
            + TCodec3.EncodedLength(value.Item3)
            + TCodec4.EncodedLength(value.Item4)
            + TCodec5.EncodedLength(value.Item5)
            + TCodec6.EncodedLength(value.Item6)
            + TCodec7.EncodedLength(value.Item7);

    /// <inheritdoc/>
    public static int Compare(in (T1, T2, T3, T4, T5, T6, T7) left, in (T1, T2, T3, T4, T5, T6, T7) right)
    {
        int order = TCodec1.Compare(left.Item1, right.Item1);
        if (order != 0) return order;
        order = TCodec2.Compare(left.Item2, right.Item2);
        if (order != 0) return order;
        order = TCodec3.Compare(left.Item3, right.Item3);
        if (order != 0) return order;
        order = TCodec4.Compare(left.Item4, right.Item4);
        if (order != 0) return order;
        order = TCodec5.Compare(left.Item5, right.Item5);
        if (order != 0) return order;
        order = TCodec6.Compare(left.Item6, right.Item6);
        if (order != 0) return order;
        return TCodec7.Compare(left.Item7, right.Item7);
    }

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Tuple(TCodec1.Describe(registry), TCodec2.Describe(registry), TCodec3.Describe(registry), TCodec4.Describe(registry), TCodec5.Describe(registry), TCodec6.Describe(registry), TCodec7.Describe(registry));
}
