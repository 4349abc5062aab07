using Phala.Codec;
using Phala.Codec.TypeInfo;

namespace Phala.Benchmarks.Codec.Samples;

/// <summary>How long a transaction is valid: one zero byte for ever, or two bytes with period and phase. Its codec is written by hand.</summary>
/// <param name="Bits">The two bytes, or 0.</param>
public readonly record struct Era(ushort Bits) : IScale<Era>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out Era value)
    {
        value = default;
        if (!reader.TryReadByte(out byte first)) return false;
        if (first == 0) return true;
        if (!reader.TryReadByte(out byte second)) return false;
        value = new Era((ushort)(first | (second << 8)));
        return true;
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in Era value)
    {
        if (value.Bits == 0) writer.WriteByte(0);
        else writer.WriteUInt16(value.Bits);
    }

    /// <inheritdoc/>
    public static int EncodedLength(in Era value) => value.Bits == 0 ? 1 : 2;

    /// <inheritdoc/>
    public static int Compare(in Era left, in Era right) => left.Bits.CompareTo(right.Bits);

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => throw new NotSupportedException("The benchmark makes no metadata.");
}
