using Phala.Contracts.Hosting;

namespace Phala.Contracts.Json;

/// <summary>Writes JSON. Commas come by themselves; that what was begun is ended, and names have values, is the author's to see to.</summary>
public sealed class JsonWriter
{
    private readonly Encoder _output = new(128);
    private bool _needsComma;

    /// <summary>Begins an object.</summary>
    public JsonWriter BeginObject() => Begin('{');

    /// <summary>Ends an object.</summary>
    public JsonWriter EndObject() => End('}');

    /// <summary>Begins an array.</summary>
    public JsonWriter BeginArray() => Begin('[');

    /// <summary>Ends an array.</summary>
    public JsonWriter EndArray() => End(']');

    /// <summary>Writes the name of what comes next.</summary>
    public JsonWriter Name(string name)
    {
        Separate();
        WriteText(name);
        _output.WriteByte((byte)':');
        _needsComma = false;
        return this;
    }

    /// <summary>Writes text.</summary>
    public JsonWriter Text(string value)
    {
        Separate();
        WriteText(value);
        return this;
    }

    /// <summary>Writes a number.</summary>
    public JsonWriter Number(UInt128 value)
    {
        Separate();
        byte[] digits = new byte[39];
        int at = digits.Length;
        do
        {
            digits[--at] = (byte)('0' + (int)(value % 10));
            value /= 10;
        }
        while (value != default);
        for (; at < digits.Length; at++) _output.WriteByte(digits[at]);
        return this;
    }

    /// <summary>Writes a truth value.</summary>
    public JsonWriter Boolean(bool value) => Word(value ? "true" : "false");

    /// <summary>Writes nothing.</summary>
    public JsonWriter Null() => Word("null");

    /// <summary>The text in UTF-8.</summary>
    public byte[] ToArray() => _output.ToArray();

    private JsonWriter Begin(char bracket)
    {
        Separate();
        _output.WriteByte((byte)bracket);
        _needsComma = false;
        return this;
    }

    private JsonWriter End(char bracket)
    {
        _output.WriteByte((byte)bracket);
        _needsComma = true;
        return this;
    }

    private JsonWriter Word(string word)
    {
        Separate();
        for (int index = 0; index < word.Length; index++) _output.WriteByte((byte)word[index]);
        return this;
    }

    private void Separate()
    {
        if (_needsComma) _output.WriteByte((byte)',');
        _needsComma = true;
    }

    private void WriteText(string value)
    {
        byte[] bytes = new byte[Utf8.Most * value.Length];
        int count = Utf8.Write(value, bytes);
        _output.WriteByte((byte)'"');
        for (int index = 0; index < count; index++)
        {
            byte part = bytes[index];
            if (part < ' ')
            {
                WriteEscape(part);
                continue;
            }

            if (part is (byte)'"' or (byte)'\\') _output.WriteByte((byte)'\\');
            _output.WriteByte(part);
        }

        _output.WriteByte((byte)'"');
    }

    private void WriteEscape(int unit)
    {
        _output.WriteByte((byte)'\\');
        _output.WriteByte((byte)'u');
        _output.WriteByte((byte)'0');
        _output.WriteByte((byte)'0');
        _output.WriteByte((byte)('0' + (unit >> 4)));
        int low = unit & 15;
        _output.WriteByte((byte)(low < 10 ? '0' + low : 'a' + low - 10));
    }
}
