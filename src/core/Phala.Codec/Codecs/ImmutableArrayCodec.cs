using System.Diagnostics.CodeAnalysis;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Sequences held in immutable arrays: the number of elements in compact form, then the elements.</summary>
public readonly struct ImmutableArrayCodec<TCodec, T> : IScaleCodec<ImmutableArray<T>>
    where TCodec : IScaleCodec<T>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, [MaybeNullWhen(false)] out ImmutableArray<T> value)
    {
        bool read = Elements<TCodec, T>.TryDecode(ref reader, out T[] elements);
        value = ImmutableCollectionsMarshal.AsImmutableArray(elements);
        return read;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in ImmutableArray<T> value)
    {
        writer.WriteLength(value.AsSpan().Length);
        Elements<TCodec, T>.Encode(ref writer, value.AsSpan());
    }

    /// <inheritdoc/>
    public static int EncodedLength(in ImmutableArray<T> value) =>
        ScaleWriter.CompactLength((uint)value.AsSpan().Length) + Elements<TCodec, T>.EncodedLength(value.AsSpan());

    /// <inheritdoc/>
    public static int Compare(in ImmutableArray<T> left, in ImmutableArray<T> right) =>
        Elements<TCodec, T>.Compare(left.AsSpan(), right.AsSpan());

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Sequence(TCodec.Describe(registry));
}
