using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Unsigned integers of 64 bits in compact form.</summary>
public readonly struct CompactU64Codec : IScaleCodec<ulong>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out ulong value) => reader.TryReadCompactUInt64(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in ulong value) => writer.WriteCompact(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EncodedLength(in ulong value) => ScaleWriter.CompactLength(value);

    /// <inheritdoc/>
    public static int Compare(in ulong left, in ulong right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Compact(registry.Primitive(Primitive.U64));
}
