using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Integers wrapped in <see cref="Compact{T}"/>.</summary>
/// <typeparam name="TCodec">The codec of the compact form, such as <see cref="CompactU32Codec"/>.</typeparam>
/// <typeparam name="T">The integer's type.</typeparam>
public readonly struct CompactCodec<TCodec, T> : IScaleCodec<Compact<T>>
    where TCodec : IScaleCodec<T>
    where T : struct
{
    /// <inheritdoc/>
    public static int MinimumLength => TCodec.MinimumLength;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out Compact<T> value)
    {
        bool read = TCodec.TryDecode(ref reader, out T inner);
        value = new Compact<T>(inner);
        return read;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in Compact<T> value) => TCodec.Encode(ref writer, value.Value);

    /// <inheritdoc/>
    public static int EncodedLength(in Compact<T> value) => TCodec.EncodedLength(value.Value);

    /// <inheritdoc/>
    public static int Compare(in Compact<T> left, in Compact<T> right) => TCodec.Compare(left.Value, right.Value);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => TCodec.Describe(registry);
}
