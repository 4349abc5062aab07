using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Unsigned integers of 256 bits in compact form.</summary>
public readonly struct CompactU256Codec : IScaleCodec<UInt256>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out UInt256 value) => reader.TryReadCompactUInt256(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in UInt256 value) => writer.WriteCompact(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EncodedLength(in UInt256 value) => ScaleWriter.CompactLength(value);

    /// <inheritdoc/>
    public static int Compare(in UInt256 left, in UInt256 right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Compact(registry.Primitive(Primitive.U256));
}
