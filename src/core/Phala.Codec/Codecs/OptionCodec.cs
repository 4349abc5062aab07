using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Options: 0, or 1 and the value.</summary>
public readonly struct OptionCodec<TCodec, T> : IScaleCodec<Option<T>>
    where TCodec : IScaleCodec<T>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out Option<T> value)
    {
        value = default;
        if (!reader.TryReadOption(out bool isSome)) return false;
        if (!isSome) return true;
        if (!TCodec.TryDecode(ref reader, out T? some)) return false;
        value = new Option<T>(some);
        return true;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in Option<T> value)
    {
        bool isSome = value.TryGet(out T? some);
        writer.WriteBool(isSome);
        if (isSome) TCodec.Encode(ref writer, some!);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in Option<T> value) => value.TryGet(out T? some) ? 1 + TCodec.EncodedLength(some!) : 1;

    /// <summary>None comes before every value.</summary>
    public static int Compare(in Option<T> left, in Option<T> right)
    {
        bool hasLeft = left.TryGet(out T? a), hasRight = right.TryGet(out T? b);
        return hasLeft && hasRight ? TCodec.Compare(a!, b!) : hasLeft.CompareTo(hasRight);
    }

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Option(TCodec.Describe(registry));
}
