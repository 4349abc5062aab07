using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Unsigned integers of 16 bits.</summary>
public readonly struct U16Codec : IScaleCodec<ushort>
{
    /// <inheritdoc/>
    public static int MinimumLength => 2;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out ushort value) => reader.TryReadUInt16(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in ushort value) => writer.WriteUInt16(value);

    /// <inheritdoc/>
    public static int EncodedLength(in ushort value) => MinimumLength;

    /// <inheritdoc/>
    public static int Compare(in ushort left, in ushort right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.U16);
}
