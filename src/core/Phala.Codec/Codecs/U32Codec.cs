using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Unsigned integers of 32 bits.</summary>
public readonly struct U32Codec : IScaleCodec<uint>
{
    /// <inheritdoc/>
    public static int MinimumLength => 4;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out uint value) => reader.TryReadUInt32(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in uint value) => writer.WriteUInt32(value);

    /// <inheritdoc/>
    public static int EncodedLength(in uint value) => MinimumLength;

    /// <inheritdoc/>
    public static int Compare(in uint left, in uint right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.U32);
}
