using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Signed integers of 8 bits.</summary>
public readonly struct I8Codec : IScaleCodec<sbyte>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out sbyte value) => reader.TryReadSByte(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in sbyte value) => writer.WriteSByte(value);

    /// <inheritdoc/>
    public static int EncodedLength(in sbyte value) => MinimumLength;

    /// <inheritdoc/>
    public static int Compare(in sbyte left, in sbyte right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.I8);
}
