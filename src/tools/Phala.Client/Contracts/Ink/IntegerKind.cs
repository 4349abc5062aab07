using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Phala.Codec;
using Phala.Codec.TypeInfo;

namespace Phala.Client.Contracts.Ink;

/// <summary>An integer type: how long it is and whether it has a sign.</summary>
/// <param name="Size">Its length in bytes.</param>
/// <param name="IsSigned">Whether it may be below zero.</param>
internal readonly record struct IntegerKind(int Size, bool IsSigned)
{
    /// <summary>No integer of any type takes more letters.</summary>
    private const int MostLetters = 100;

    /// <summary>Integers up to this length are JSON numbers; longer ones are texts, because programs read numbers as 64-bit floating point.</summary>
    private const int LongestNumber = 4;

    private int Bits => Size * 8;

    private BigInteger Least => IsSigned ? -(BigInteger.One << (Bits - 1)) : BigInteger.Zero;

    private BigInteger Most => (BigInteger.One << (IsSigned ? Bits - 1 : Bits)) - 1;

    /// <summary>Whether JSON has values of the type as numbers.</summary>
    internal bool IsNumber => Size <= LongestNumber;

    /// <summary>The kind of a primitive type; false where it is no integer.</summary>
    internal static bool TryOf(Primitive primitive, out IntegerKind kind)
    {
        kind = primitive switch
        {
            >= Primitive.U8 and <= Primitive.U256 => new IntegerKind(1 << (primitive - Primitive.U8), IsSigned: false),
            >= Primitive.I8 and <= Primitive.I256 => new IntegerKind(1 << (primitive - Primitive.I8), IsSigned: true),
            _ => default,
        };
        return kind.Size > 0;
    }

    /// <summary>Reads an integer as people write it: decimal digits, with _ between them if they like, or 0x and hexadecimal ones; a number or a text.</summary>
    internal bool TryRead(JsonElement value, out BigInteger integer)
    {
        integer = default;
        if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String)) return false;
        string text = value.ToString();
        if (text.Length is 0 or > MostLetters) return false;
        bool isRead = text.StartsWith("0x", StringComparison.Ordinal)
            ? BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out integer) && text.Length > 2
            : BigInteger.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out integer);
        return isRead && integer >= Least && integer <= Most;
    }

    /// <summary>Writes an integer of the type.</summary>
    internal void Write(ref ScaleWriter writer, BigInteger integer)
    {
        Span<byte> bytes = writer.Take(Size);
        bytes.Fill(integer.Sign < 0 ? (byte)0xff : (byte)0);
        _ = integer.TryWriteBytes(bytes, out _, isUnsigned: !IsSigned);
    }

    /// <summary>Reads the bytes of an integer of the type.</summary>
    internal BigInteger Of(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: !IsSigned);
}
