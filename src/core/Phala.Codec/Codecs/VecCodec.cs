using System.Diagnostics.CodeAnalysis;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Sequences: the number of elements in compact form, then the elements.</summary>
public readonly struct VecCodec<TCodec, T> : IScaleCodec<Vec<T>>
    where TCodec : IScaleCodec<T>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, [MaybeNullWhen(false)] out Vec<T> value)
    {
        bool read = Elements<TCodec, T>.TryDecode(ref reader, out T[] elements);
        value = Vec<T>.Own(elements);
        return read;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in Vec<T> value)
    {
        writer.WriteLength(value.Length);
        Elements<TCodec, T>.Encode(ref writer, value.AsSpan());
    }

    /// <inheritdoc/>
    public static int EncodedLength(in Vec<T> value) =>
        ScaleWriter.CompactLength((uint)value.Length) + Elements<TCodec, T>.EncodedLength(value.AsSpan());

    /// <inheritdoc/>
    public static int Compare(in Vec<T> left, in Vec<T> right) =>
        Elements<TCodec, T>.Compare(left.AsSpan(), right.AsSpan());

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Sequence(TCodec.Describe(registry));
}
