using System.Diagnostics.CodeAnalysis;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Arrays of a fixed number of elements: the elements, without their number. Encoding an array of another length throws.</summary>
public readonly struct FixedArrayCodec<TCodec, T, TCount> : IScaleCodec<T[]>
    where TCodec : IScaleCodec<T>
    where TCount : IFixedCount
{
    /// <inheritdoc/>
    public static int MinimumLength => TCount.Count * TCodec.MinimumLength;

    /// <inheritdoc/>
    public static bool IsFixedLength => TCodec.IsFixedLength;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, [MaybeNullWhen(false)] out T[] value) =>
        Elements<TCodec, T>.TryDecodeExactly(ref reader, TCount.Count, out value);

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in T[] value)
    {
        if (value.Length != TCount.Count) throw new ArgumentException($"The array has {value.Length} elements instead of {TCount.Count}.", nameof(value));
        Elements<TCodec, T>.Encode(ref writer, value);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in T[] value) => Elements<TCodec, T>.EncodedLength(value);

    /// <inheritdoc/>
    public static int Compare(in T[] left, in T[] right) => Elements<TCodec, T>.Compare(left, right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Array((uint)TCount.Count, TCodec.Describe(registry));
}
