using System.Runtime.CompilerServices;
using System.Text;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Unicode scalar values, as Rust's <c>char</c>: 4 bytes.</summary>
public readonly struct RuneCodec : IScaleCodec<Rune>
{
    /// <inheritdoc/>
    public static int MinimumLength => 4;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ref ScaleReader reader, out Rune value) => reader.TryReadRune(out value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref ScaleWriter writer, in Rune value) => writer.WriteRune(value);

    /// <inheritdoc/>
    public static int EncodedLength(in Rune value) => MinimumLength;

    /// <inheritdoc/>
    public static int Compare(in Rune left, in Rune right) => left.CompareTo(right);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.Char);
}
