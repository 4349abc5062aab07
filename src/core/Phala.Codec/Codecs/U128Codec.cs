using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Unsigned integers of 128 bits.</summary>
public readonly struct U128Codec : IScaleCodec<UInt128>
{
    /// <inheritdoc/>
    public static int MinimumLength => 16;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out UInt128 value) => reader.TryReadUInt128(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in UInt128 value) => writer.WriteUInt128(value);

    /// <inheritdoc/>
    public static int EncodedLength(in UInt128 value) => MinimumLength;

    /// <inheritdoc/>
    public static int Compare(in UInt128 left, in UInt128 right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.U128);
}
