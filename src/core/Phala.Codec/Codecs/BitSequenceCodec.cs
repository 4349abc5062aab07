using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Bit sequences: the number of bits in compact form, then the bits packed into bytes, padded with zeros.</summary>
public readonly struct BitSequenceCodec : IScaleCodec<BitSequence>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, out BitSequence value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadCompactUInt32(out uint count)) return false;
        uint bytes = (uint)(((ulong)count + 7) / 8);
        if (bytes > (uint)reader.Rest.Length || count > int.MaxValue) return reader.FailAt(ScaleError.LengthExceedsInput, start);
        int last = reader.Position + (int)bytes - 1;
        if (!reader.TryReadSpan((int)bytes, out ReadOnlySpan<byte> packed)) return false;
        return BitSequence.TryFromBytes(packed, (int)count, out value) || reader.FailAt(ScaleError.NonZeroPadding, last);
    }

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in BitSequence value)
    {
        writer.WriteLength(value.Length);
        writer.WriteSpan(value.AsBytes());
    }

    /// <inheritdoc/>
    public static int EncodedLength(in BitSequence value) => ScaleWriter.CompactLength((uint)value.Length) + value.AsBytes().Length;

    /// <summary>Bit by bit, then the shorter first.</summary>
    public static int Compare(in BitSequence left, in BitSequence right)
    {
        for (int at = 0; at < Math.Min(left.Length, right.Length); at++)
        {
            if (left[at] != right[at]) return left[at] ? 1 : -1;
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.BitSequence();
}
