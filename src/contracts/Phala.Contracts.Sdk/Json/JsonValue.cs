using System.Diagnostics.CodeAnalysis;

namespace Phala.Contracts.Json;

/// <summary>A value inside of a JSON text. The text is checked once; values are read where they are asked for.</summary>
/// <remarks>There is no floating point: numbers are read as whole numbers, or with a fixed number of decimals.</remarks>
public readonly struct JsonValue
{
    /// <summary>Of the largest number of 128 bits.</summary>
    private const int LastDigit = 5;

    private readonly byte[] _text;
    private readonly int _start;
    private readonly int _end;

    private JsonValue(byte[] text, int start, int end) => (_text, _start, _end) = (text, start, end);

    /// <summary>What it is.</summary>
    public JsonKind Kind => _text[_start] switch
    {
        (byte)'{' => JsonKind.Object,
        (byte)'[' => JsonKind.Array,
        (byte)'"' => JsonKind.Text,
        (byte)'t' or (byte)'f' => JsonKind.Boolean,
        (byte)'n' => JsonKind.Null,
        _ => JsonKind.Number,
    };

    /// <summary>Reads a text. Values may be inside of each other 32 times.</summary>
    /// <param name="utf8">The text in UTF-8.</param>
    /// <param name="value">Its value.</param>
    /// <returns>False where it is no JSON.</returns>
    public static bool TryParse(byte[] utf8, out JsonValue value)
    {
        JsonScanner scanner = new(utf8, utf8.Length);
        scanner.SkipSpace();
        int start = scanner.At;
        value = default;
        if (!scanner.TrySkip()) return false;
        int end = scanner.At;
        scanner.SkipSpace();
        if (scanner.At != utf8.Length) return false;
        value = new JsonValue(utf8, start, end);
        return true;
    }

    /// <summary>Finds a value by its name; of values of one name, the first.</summary>
    /// <returns>False where there is none, or this is no object.</returns>
    public bool TryGet(string name, out JsonValue value) => Copy().TryFind(name, out value);

    /// <summary>Finds a value by its place, from 0.</summary>
    /// <returns>False where there is none, or this is no array.</returns>
    public bool TryGet(int index, out JsonValue value) => Copy().TryFind(index, out value);

    /// <summary>Reads text.</summary>
    public bool TryRead([NotNullWhen(true)] out string? value)
    {
        value = Kind == JsonKind.Text ? JsonText.Read(_text, _start + 1, _end - 1) : null;
        return value is not null;
    }

    /// <summary>Reads a truth value.</summary>
    public bool TryRead(out bool value)
    {
        value = _text[_start] == 't';
        return Kind == JsonKind.Boolean;
    }

    /// <summary>Reads a number that is not negative as so many units of 10^-decimals; what is smaller than a unit is dropped. Numbers that stand in quotation marks are read too.</summary>
    /// <param name="decimals">How many decimals a unit has: with 2, <c>12.345</c> is 1234.</param>
    /// <param name="value">The number of units.</param>
    /// <returns>False where this is no such number, it has an exponent, or it does not fit.</returns>
    public bool TryRead(int decimals, out UInt128 value)
    {
        value = default;
        bool isText = Kind == JsonKind.Text;
        if (!isText && Kind != JsonKind.Number) return false;
        int at = isText ? _start + 1 : _start, end = isText ? _end - 1 : _end;
        return TryReadUnits(at, end, decimals, ref value);
    }

    private bool TryFind(string name, out JsonValue value)
    {
        value = default;
        if (Kind != JsonKind.Object) return false;
        JsonScanner scanner = Inside();
        if (scanner.TryTake('}')) return false;
        do
        {
            scanner.SkipSpace();
            int start = scanner.At + 1;
            scanner.TrySkipText();
            bool isFound = JsonText.Read(_text, start, scanner.At - 1) == name;
            scanner.TryTake(':');
            scanner.SkipSpace();
            int at = scanner.At;
            scanner.TrySkip();
            if (!isFound) continue;
            value = new JsonValue(_text, at, scanner.At);
            return true;
        }
        while (scanner.TryTake(','));
        return false;
    }

    private bool TryFind(int index, out JsonValue value)
    {
        value = default;
        if (Kind != JsonKind.Array) return false;
        JsonScanner scanner = Inside();
        if (scanner.TryTake(']')) return false;
        do
        {
            scanner.SkipSpace();
            int at = scanner.At;
            scanner.TrySkip();
            if (index-- > 0) continue;
            value = new JsonValue(_text, at, scanner.At);
            return true;
        }
        while (scanner.TryTake(','));
        return false;
    }

    private bool TryReadUnits(int at, int end, int decimals, ref UInt128 value)
    {
        bool isFraction = false;
        int digits = 0;
        for (; at < end; at++)
        {
            byte digit = _text[at];
            if (digit == '.' && !isFraction && digits > 0)
            {
                isFraction = true;
                digits = 0;
                continue;
            }

            if (digit is < (byte)'0' or > (byte)'9') return false;
            digits++;
            if (isFraction && --decimals < 0) continue;
            if (!TryAppend(ref value, digit - '0')) return false;
        }

        if (digits == 0) return false;
        for (; decimals > 0; decimals--)
        {
            if (!TryAppend(ref value, 0)) return false;
        }

        return true;
    }

    private static bool TryAppend(ref UInt128 value, int digit)
    {
        UInt128 limit = UInt128.MaxValue / 10;
        if (value > limit || (value == limit && digit > LastDigit)) return false;
        value = (value * 10) + (UInt128)(uint)digit;
        return true;
    }

    /// <summary>What is looked for may be written to where this stands.</summary>
    private JsonValue Copy() => this;

    private JsonScanner Inside()
    {
        JsonScanner scanner = new(_text, _end);
        scanner.Seek(_start + 1);
        return scanner;
    }
}
