using System.Buffers;

namespace Phala.Node.Rpc.Messages;

/// <summary>
/// Walks over JSON (RFC 8259) in UTF-8 without building anything: where a value ends, and whether it is one. No exception, no allocation, nesting bounded by
/// <see cref="MaxDepth"/>. Whether the bytes are UTF-8 is the caller's check.
/// </summary>
internal ref struct JsonScanner(ReadOnlySpan<byte> text)
{
    /// <summary>The deepest nesting that is followed; what goes deeper is no value.</summary>
    public const int MaxDepth = 64;

    private static readonly SearchValues<byte> StringSpecials = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>The next byte to be read.</summary>
    public int Position { get; set; }

    /// <summary>Goes over white space and tells the byte after it, or 0 at the end.</summary>
    public byte Peek()
    {
        while (Position < _text.Length)
        {
            byte next = _text[Position];
            if (next is not ((byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')) return next;
            Position++;
        }

        return 0;
    }

    /// <summary>Goes over white space and this byte, or stays before what is there instead.</summary>
    public bool TrySkip(byte expected)
    {
        if (Peek() != expected) return false;
        Position++;
        return true;
    }

    /// <summary>Whether nothing but white space is left.</summary>
    public bool AtEnd() => Peek() == 0 && Position == _text.Length;

    /// <summary>Goes over one value of any kind.</summary>
    public bool TrySkipValue() => TrySkipValue(MaxDepth);

    /// <summary>Goes over one value inside of a container that the caller walks himself.</summary>
    public bool TrySkipInnerValue() => TrySkipValue(MaxDepth - 1);

    /// <summary>Goes over a string and tells the bytes between its quotes as they stand, with escapes.</summary>
    public bool TryReadString(out ReadOnlySpan<byte> inner)
    {
        inner = default;
        if (Peek() != (byte)'"') return false;
        int start = Position + 1;
        if (!TrySkipString()) return false;
        inner = _text[start..(Position - 1)];
        return true;
    }

    private bool TrySkipValue(int deepest)
    {
        ulong objects = 0; // one bit for each open container, the innermost lowest: set for an object
        int depth = 0;
        while (true)
        {
            byte first = Peek();
            if (first is (byte)'{' or (byte)'[')
            {
                if (depth == deepest) return false;
                bool isObject = first == (byte)'{';
                Position++;
                if (!TrySkip(isObject ? (byte)'}' : (byte)']'))
                {
                    depth++;
                    objects = (objects << 1) | (isObject ? 1ul : 0);
                    if (isObject && !TrySkipName()) return false;
                    continue;
                }
            }
            else if (!TrySkipPrimitive(first))
            {
                return false;
            }

            if (!TrySkipEnds(ref depth, ref objects)) return false;
            if (depth == 0) return true;
        }
    }

    // After a value: what closes around it, until a comma asks for the next value or the outermost container has ended.
    private bool TrySkipEnds(ref int depth, ref ulong objects)
    {
        while (depth > 0)
        {
            bool inObject = (objects & 1) != 0;
            byte next = Peek();
            Position++;
            if (next == (byte)',') return !inObject || TrySkipName();
            if (next != (inObject ? (byte)'}' : (byte)']')) return false;
            depth--;
            objects >>= 1;
        }

        return true;
    }

    private bool TrySkipName() => Peek() == (byte)'"' && TrySkipString() && TrySkip((byte)':');

    private bool TrySkipPrimitive(byte first) => first switch
    {
        (byte)'"' => TrySkipString(),
        (byte)'t' => TrySkipWord("true"u8),
        (byte)'f' => TrySkipWord("false"u8),
        (byte)'n' => TrySkipWord("null"u8),
        _ => TrySkipNumber(),
    };

    private bool TrySkipWord(ReadOnlySpan<byte> word)
    {
        if (!_text[Position..].StartsWith(word)) return false;
        Position += word.Length;
        return true;
    }

    private bool TrySkipString()
    {
        Position++;
        while (true)
        {
            int plain = _text[Position..].IndexOfAny(StringSpecials);
            if (plain < 0) return false;
            Position += plain + 1;
            byte special = _text[Position - 1];
            if (special == (byte)'"') return true;
            if (special != (byte)'\\' || !TrySkipEscape()) return false;
        }
    }

    private bool TrySkipEscape()
    {
        if (Position == _text.Length) return false;
        byte kind = _text[Position++];
        if (kind != (byte)'u') return kind is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t';
        for (int digit = 0; digit < 4; digit++)
        {
            if (Position == _text.Length || !char.IsAsciiHexDigit((char)_text[Position++])) return false;
        }

        return true;
    }

    private bool TrySkipNumber()
    {
        TrySkipByte((byte)'-');
        if (!TrySkipByte((byte)'0') && !TrySkipDigits()) return false;
        if (TrySkipByte((byte)'.') && !TrySkipDigits()) return false;
        if (!TrySkipByte((byte)'e') && !TrySkipByte((byte)'E')) return true;
        if (!TrySkipByte((byte)'+')) TrySkipByte((byte)'-');
        return TrySkipDigits();
    }

    private bool TrySkipDigits()
    {
        int start = Position;
        while (Position < _text.Length && char.IsAsciiDigit((char)_text[Position])) Position++;
        return Position > start;
    }

    // Without white space before it: inside a number.
    private bool TrySkipByte(byte expected)
    {
        if (Position == _text.Length || _text[Position] != expected) return false;
        Position++;
        return true;
    }
}
