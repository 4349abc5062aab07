using System.Diagnostics.CodeAnalysis;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Sequences held in arrays of C#: the number of elements in compact form, then the elements.</summary>
public readonly struct ArrayCodec<TCodec, T> : IScaleCodec<T[]>
    where TCodec : IScaleCodec<T>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, [MaybeNullWhen(false)] out T[] value)
    {
        bool read = Elements<TCodec, T>.TryDecode(ref reader, out T[] elements);
        value = elements;
        return read;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in T[] value)
    {
        writer.WriteLength(value.Length);
        Elements<TCodec, T>.Encode(ref writer, value);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in T[] value) =>
        ScaleWriter.CompactLength((uint)value.Length) + Elements<TCodec, T>.EncodedLength(value);

    /// <inheritdoc/>
    public static int Compare(in T[] left, in T[] right) =>
        Elements<TCodec, T>.Compare(left, right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Sequence(TCodec.Describe(registry));
}
