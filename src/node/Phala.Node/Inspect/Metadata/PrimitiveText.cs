using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Phala.Codec;
using Phala.Codec.TypeInfo;

namespace Phala.Node.Inspect.Metadata;

/// <summary>Primitive values as JSON: integers that a double can't hold are decimal texts.</summary>
internal static class PrimitiveText
{
    /// <summary>The width of an unsigned integer; 0 for any other type.</summary>
    public static int BitsOf(Primitive kind) => kind switch
    {
        Primitive.U8 => 8,
        Primitive.U16 => 16,
        Primitive.U32 => 32,
        Primitive.U64 => 64,
        Primitive.U128 => 128,
        Primitive.U256 => 256,
        _ => 0,
    };

    /// <summary>Reads a value.</summary>
    public static bool TryRead(ref ScaleReader reader, Primitive kind, out JsonNode? value)
    {
        value = null;
        switch (kind)
        {
            case Primitive.Bool when reader.TryReadBool(out bool flag): value = flag; return true;
            case Primitive.Char when reader.TryReadRune(out Rune rune): value = rune.ToString(); return true;
            case Primitive.Str when reader.TryReadString(out string? text): value = text; return true;
            case Primitive.U8 when reader.TryReadByte(out byte number): value = number; return true;
            case Primitive.U16 when reader.TryReadUInt16(out ushort number): value = number; return true;
            case Primitive.U32 when reader.TryReadUInt32(out uint number): value = number; return true;
            case Primitive.U64 when reader.TryReadUInt64(out ulong number): value = Text(number); return true;
            case Primitive.U128 when reader.TryReadUInt128(out UInt128 number): value = Text(number); return true;
            case Primitive.U256 when reader.TryReadUInt256(out UInt256 number): value = number.ToString(); return true;
            case Primitive.I8 when reader.TryReadSByte(out sbyte number): value = number; return true;
            case Primitive.I16 when reader.TryReadInt16(out short number): value = number; return true;
            case Primitive.I32 when reader.TryReadInt32(out int number): value = number; return true;
            case Primitive.I64 when reader.TryReadInt64(out long number): value = Text(number); return true;
            case Primitive.I128 when reader.TryReadInt128(out Int128 number): value = Text(number); return true;
            case Primitive.I256 when reader.TryReadInt256(out Int256 number): value = number.ToString(); return true;
            default: return false;
        }
    }

    /// <summary>Reads an integer in compact form.</summary>
    public static bool TryReadCompact(ref ScaleReader reader, Primitive kind, out JsonNode? value)
    {
        value = null;
        switch (kind)
        {
            case Primitive.U8 when reader.TryReadCompactByte(out byte number): value = number; return true;
            case Primitive.U16 when reader.TryReadCompactUInt16(out ushort number): value = number; return true;
            case Primitive.U32 when reader.TryReadCompactUInt32(out uint number): value = number; return true;
            case Primitive.U64 when reader.TryReadCompactUInt64(out ulong number): value = Text(number); return true;
            case Primitive.U128 when reader.TryReadCompactUInt128(out UInt128 number): value = Text(number); return true;
            case Primitive.U256 when reader.TryReadCompactUInt256(out UInt256 number): value = number.ToString(); return true;
            default: return false;
        }
    }

    /// <summary>Bits in their order.</summary>
    public static string Bits(ReadOnlySpan<byte> store, int count, int width, bool isHighestFirst)
    {
        StringBuilder text = new("0b", count + 2);
        int bytes = width / 8;
        for (int bit = 0; bit < count; bit++)
        {
            int within = bit % width, place = isHighestFirst ? width - 1 - within : within;
            text.Append((store[(bit / width * bytes) + (place / 8)] >> (place % 8) & 1) == 1 ? '1' : '0');
        }

        return text.ToString();
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
