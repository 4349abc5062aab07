using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Phala.Trie;

namespace Phala.Node.Rpc.Messages;

/// <summary>What one JSON value says, as the types of Substrate's interfaces. The text is one valid value without white space around it; false where it is another kind.</summary>
internal static class ValueText
{
    private const int MaxHexDigitsOfUInt64 = 16;

    /// <summary>One value of a list.</summary>
    public delegate bool Parser<T>(ReadOnlySpan<byte> value, out T result);

    /// <summary>A whole number from 0, in plain digits.</summary>
    public static bool TryUInt64(ReadOnlySpan<byte> value, out ulong number) => Utf8Parser.TryParse(value, out number, out int used) && used == value.Length && value[0] != (byte)'+';

    /// <summary>A whole number as digits, or as a string of decimal or, behind <c>0x</c>, hexadecimal digits.</summary>
    public static bool TryNumberOrText(ReadOnlySpan<byte> value, out ulong number)
    {
        if (!TryInner(value, out ReadOnlySpan<byte> inner)) return TryUInt64(value, out number);
        number = 0;
        if (inner.IsEmpty) return false;
        if (!inner.StartsWith("0x"u8)) return TryUInt64(inner, out number);
        ReadOnlySpan<byte> digits = inner[2..];
        return digits.Length is > 0 and <= MaxHexDigitsOfUInt64 && Utf8Parser.TryParse(digits, out number, out int used, 'x') && used == digits.Length;
    }

    /// <summary>True or false.</summary>
    public static bool TryBoolean(ReadOnlySpan<byte> value, out bool flag)
    {
        flag = value.SequenceEqual("true"u8);
        return flag || value.SequenceEqual("false"u8);
    }

    /// <summary>A string, its escapes resolved.</summary>
    public static bool TryString(ReadOnlySpan<byte> value, out string text)
    {
        text = "";
        if (!TryInner(value, out ReadOnlySpan<byte> inner)) return false;
        text = Encoding.UTF8.GetString(inner);
        return true;
    }

    /// <summary>Bytes as hexadecimal digits of either case behind <c>0x</c>; the empty string is no bytes.</summary>
    public static bool TryHex(ReadOnlySpan<byte> value, out byte[] bytes)
    {
        bytes = [];
        if (!TryInner(value, out ReadOnlySpan<byte> inner)) return false;
        if (inner.IsEmpty) return true;
        if (!inner.StartsWith("0x"u8) || inner.Length % 2 != 0) return false;
        byte[] parsed = new byte[(inner.Length - 2) / 2];
        if (Convert.FromHexString(inner[2..], parsed, out _, out _) != OperationStatus.Done) return false;
        bytes = parsed;
        return true;
    }

    /// <summary>32 bytes in hexadecimal behind <c>0x</c>.</summary>
    public static bool TryHash(ReadOnlySpan<byte> value, out Hash256 hash)
    {
        hash = default;
        if (!TryInner(value, out ReadOnlySpan<byte> inner) || inner.Length != 2 + (2 * Hash256.Size) || !inner.StartsWith("0x"u8)) return false;
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        if (Convert.FromHexString(inner[2..], bytes, out _, out _) != OperationStatus.Done) return false;
        hash = new Hash256(bytes);
        return true;
    }

    /// <summary>An array whose values all parse.</summary>
    public static bool TryList<T>(ReadOnlySpan<byte> value, Parser<T> parser, out T[] list)
    {
        list = [];
        if (value[0] != (byte)'[') return false;
        List<T> items = [];
        JsonScanner scanner = new(value) { Position = 1 };
        if (scanner.Peek() == (byte)']') return true;
        do
        {
            scanner.Peek();
            int start = scanner.Position;
            if (!scanner.TrySkipValue() || !parser(value[start..scanner.Position], out T item)) return false;
            items.Add(item);
        }
        while (scanner.TrySkip((byte)','));

        list = [.. items];
        return true;
    }

    // What stands between the quotes; a copy only where there are escapes.
    private static bool TryInner(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> inner)
    {
        inner = default;
        if (value[0] != (byte)'"') return false;
        inner = value[1..^1];
        if (!inner.Contains((byte)'\\')) return true;
        bool whole = JsonEscapes.TryResolve(inner, out byte[] resolved);
        inner = resolved;
        return whole;
    }
}
