using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Options held in nullable value types: 0, or 1 and the value.</summary>
public readonly struct NullableCodec<TCodec, T> : IScaleCodec<T?>
    where TCodec : IScaleCodec<T>
    where T : struct
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out T? value)
    {
        value = default;
        if (!reader.TryReadOption(out bool isSome)) return false;
        if (!isSome) return true;
        if (!TCodec.TryDecode(ref reader, out T some)) return false;
        value = some;
        return true;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in T? value)
    {
        bool isSome = value.HasValue;
        writer.WriteBool(isSome);
        if (isSome) TCodec.Encode(ref writer, value.GetValueOrDefault());
    }

    /// <inheritdoc/>
    public static int EncodedLength(in T? value) => value.HasValue ? 1 + TCodec.EncodedLength(value.GetValueOrDefault()) : 1;

    /// <summary>None comes before every value.</summary>
    public static int Compare(in T? left, in T? right)
    {
        bool hasLeft = left.HasValue, hasRight = right.HasValue;
        return hasLeft && hasRight ? TCodec.Compare(left.GetValueOrDefault(), right.GetValueOrDefault()) : hasLeft.CompareTo(hasRight);
    }

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Option(TCodec.Describe(registry));
}
