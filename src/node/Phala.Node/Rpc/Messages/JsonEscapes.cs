using System.Buffers.Text;
using System.Text;

namespace Phala.Node.Rpc.Messages;

/// <summary>The escapes of a JSON string.</summary>
internal static class JsonEscapes
{
    /// <summary>The UTF-8 text that a valid string's inside stands for; false where it has half of a surrogate pair.</summary>
    public static bool TryResolve(ReadOnlySpan<byte> inner, out byte[] resolved)
    {
        // An escape is never shorter than what it stands for: 6 bytes for at most 3, 12 for 4.
        byte[] buffer = new byte[inner.Length];
        int length = 0;
        resolved = [];
        while (!inner.IsEmpty)
        {
            int plain = inner.IndexOf((byte)'\\');
            if (plain < 0) plain = inner.Length;
            inner[..plain].CopyTo(buffer.AsSpan(length));
            length += plain;
            inner = inner[plain..];
            if (inner.IsEmpty) break;
            if (!TryReadEscape(ref inner, out Rune rune)) return false;
            length += rune.EncodeToUtf8(buffer.AsSpan(length));
        }

        resolved = buffer[..length];
        return true;
    }

    private static bool TryReadEscape(ref ReadOnlySpan<byte> inner, out Rune rune)
    {
        char kind = (char)inner[1];
        if (kind != 'u')
        {
            rune = new Rune(kind switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => kind });
            inner = inner[2..];
            return true;
        }

        char first = ReadUnit(ref inner);
        if (Rune.TryCreate(first, out rune)) return true;
        return char.IsHighSurrogate(first) && inner.StartsWith("\\u"u8) && Rune.TryCreate(first, ReadUnit(ref inner), out rune);
    }

    private static char ReadUnit(ref ReadOnlySpan<byte> inner)
    {
        bool isHex = Utf8Parser.TryParse(inner.Slice(2, 4), out ushort unit, out _, 'x');
        inner = inner[6..];
        return isHex ? (char)unit : '\0';
    }
}
