using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Unsigned integers of 128 bits in compact form.</summary>
public readonly struct CompactU128Codec : IScaleCodec<UInt128>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out UInt128 value) => reader.TryReadCompactUInt128(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in UInt128 value) => writer.WriteCompact(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EncodedLength(in UInt128 value) => ScaleWriter.CompactLength(value);

    /// <inheritdoc/>
    public static int Compare(in UInt128 left, in UInt128 right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Compact(registry.Primitive(Primitive.U128));
}
