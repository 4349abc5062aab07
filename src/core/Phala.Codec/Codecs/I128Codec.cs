using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Signed integers of 128 bits.</summary>
public readonly struct I128Codec : IScaleCodec<Int128>
{
    /// <inheritdoc/>
    public static int MinimumLength => 16;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out Int128 value) => reader.TryReadInt128(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in Int128 value) => writer.WriteInt128(value);

    /// <inheritdoc/>
    public static int EncodedLength(in Int128 value) => MinimumLength;

    /// <inheritdoc/>
    public static int Compare(in Int128 left, in Int128 right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.I128);
}
