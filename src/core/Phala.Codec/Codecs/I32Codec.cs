using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Signed integers of 32 bits.</summary>
public readonly struct I32Codec : IScaleCodec<int>
{
    /// <inheritdoc/>
    public static int MinimumLength => 4;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out int value) => reader.TryReadInt32(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in int value) => writer.WriteInt32(value);

    /// <inheritdoc/>
    public static int EncodedLength(in int value) => MinimumLength;

    /// <inheritdoc/>
    public static int Compare(in int left, in int right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.I32);
}
