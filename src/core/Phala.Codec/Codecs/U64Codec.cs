using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Unsigned integers of 64 bits.</summary>
public readonly struct U64Codec : IScaleCodec<ulong>
{
    /// <inheritdoc/>
    public static int MinimumLength => 8;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out ulong value) => reader.TryReadUInt64(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in ulong value) => writer.WriteUInt64(value);

    /// <inheritdoc/>
    public static int EncodedLength(in ulong value) => MinimumLength;

    /// <inheritdoc/>
    public static int Compare(in ulong left, in ulong right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.U64);
}
