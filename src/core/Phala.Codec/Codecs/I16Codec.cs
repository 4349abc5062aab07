using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Signed integers of 16 bits.</summary>
public readonly struct I16Codec : IScaleCodec<short>
{
    /// <inheritdoc/>
    public static int MinimumLength => 2;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out short value) => reader.TryReadInt16(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in short value) => writer.WriteInt16(value);

    /// <inheritdoc/>
    public static int EncodedLength(in short value) => MinimumLength;

    /// <inheritdoc/>
    public static int Compare(in short left, in short right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.I16);
}
