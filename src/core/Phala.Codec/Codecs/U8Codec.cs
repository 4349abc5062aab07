using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Unsigned integers of 8 bits.</summary>
public readonly struct U8Codec : IScaleCodec<byte>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out byte value) => reader.TryReadByte(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in byte value) => writer.WriteByte(value);

    /// <inheritdoc/>
    public static int EncodedLength(in byte value) => MinimumLength;

    /// <inheritdoc/>
    public static int Compare(in byte left, in byte right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.U8);
}
