using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Unsigned integers of 16 bits in compact form.</summary>
public readonly struct CompactU16Codec : IScaleCodec<ushort>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out ushort value) => reader.TryReadCompactUInt16(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in ushort value) => writer.WriteCompact((uint)value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EncodedLength(in ushort value) => ScaleWriter.CompactLength((uint)value);

    /// <inheritdoc/>
    public static int Compare(in ushort left, in ushort right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Compact(registry.Primitive(Primitive.U16));
}
