using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Signed integers of 64 bits.</summary>
public readonly struct I64Codec : IScaleCodec<long>
{
    /// <inheritdoc/>
    public static int MinimumLength => 8;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out long value) => reader.TryReadInt64(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in long value) => writer.WriteInt64(value);

    /// <inheritdoc/>
    public static int EncodedLength(in long value) => MinimumLength;

    /// <inheritdoc/>
    public static int Compare(in long left, in long right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.I64);
}
