using System.Runtime.CompilerServices;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Booleans: one byte, 0 or 1.</summary>
public readonly struct BoolCodec : IScaleCodec<bool>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out bool value) => reader.TryReadBool(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in bool value) => writer.WriteBool(value);

    /// <inheritdoc/>
    public static int EncodedLength(in bool value) => MinimumLength;

    /// <inheritdoc/>
    public static int Compare(in bool left, in bool right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.Bool);
}
