using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Unsigned integers of 256 bits.</summary>
public readonly struct U256Codec : IScaleCodec<UInt256>
{
    /// <inheritdoc/>
    public static int MinimumLength => 32;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out UInt256 value) => reader.TryReadUInt256(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in UInt256 value) => writer.WriteUInt256(value);

    /// <inheritdoc/>
    public static int EncodedLength(in UInt256 value) => MinimumLength;

    /// <inheritdoc/>
    public static int Compare(in UInt256 left, in UInt256 right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.U256);
}
