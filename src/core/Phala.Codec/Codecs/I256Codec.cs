using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Signed integers of 256 bits.</summary>
public readonly struct I256Codec : IScaleCodec<Int256>
{
    /// <inheritdoc/>
    public static int MinimumLength => 32;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out Int256 value) => reader.TryReadInt256(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in Int256 value) => writer.WriteInt256(value);

    /// <inheritdoc/>
    public static int EncodedLength(in Int256 value) => MinimumLength;

    /// <inheritdoc/>
    public static int Compare(in Int256 left, in Int256 right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.I256);
}
