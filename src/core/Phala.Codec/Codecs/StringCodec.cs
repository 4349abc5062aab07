using System.Diagnostics.CodeAnalysis;
using System.Text;
using Phala.Codec.TypeInfo;

namespace Phala.Codec.Codecs;

/// <summary>Strings: compact length in bytes, then well-formed UTF-8.</summary>
public readonly struct StringCodec : IScaleCodec<string>
{
    /// <inheritdoc/>
    public static int MinimumLength => 1;

    /// <inheritdoc/>
    public static bool IsFixedLength => false;

    /// <inheritdoc/>
    public static bool TryDecode(ref ScaleReader reader, [MaybeNullWhen(false)] out string value) => reader.TryReadString(out value);

    /// <inheritdoc/>
    public static void Encode(ref ScaleWriter writer, in string value) => writer.WriteString(value);

    /// <inheritdoc/>
    public static int EncodedLength(in string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        return ScaleWriter.CompactLength((uint)length) + length;
    }

    /// <summary>
    /// The order of the UTF-8 bytes, which is that of the scalar values. C#'s own ordinal order is another: it puts surrogates, and with them everything
    /// from U+10000 on, below U+E000.
    /// </summary>
    public static int Compare(in string left, in string right)
    {
        StringRuneEnumerator a = left.EnumerateRunes(), b = right.EnumerateRunes();
        while (a.MoveNext())
        {
            if (!b.MoveNext()) return 1;
            int order = a.Current.CompareTo(b.Current);
            if (order != 0) return order;
        }

        return b.MoveNext() ? -1 : 0;
    }

    /// <inheritdoc/>
    public static int Describe(TypeRegistryBuilder registry) => registry.Primitive(Primitive.Str);
}
