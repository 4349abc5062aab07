using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Unsigned integers of 8 bits in compact form.</summary>
public readonly struct CompactU8Codec : IScaleCodec<byte>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out byte value) => reader.TryReadCompactByte(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in byte value) => writer.WriteCompact((uint)value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EncodedLength(in byte value) => ScaleWriter.CompactLength((uint)value);

    /// <inheritdoc/>
    public static int Compare(in byte left, in byte right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Compact(registry.Primitive(Primitive.U8));
}
