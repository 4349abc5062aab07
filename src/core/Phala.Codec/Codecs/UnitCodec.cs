using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>The unit type: no bytes.</summary>
public readonly struct UnitCodec : IScaleCodec<Unit>
{
    /// <inheritdoc/>
    public static int MinimumLength => 0;

    /// <inheritdoc/>
    public static bool IsFixedLength => true;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out Unit value)
    {
        value = default;
        return true;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in Unit value)
    {
    }

    /// <inheritdoc/>
    public static int EncodedLength(in Unit value) => 0;

    /// <inheritdoc/>
    public static int Compare(in Unit left, in Unit right) => 0;

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Tuple();
}
