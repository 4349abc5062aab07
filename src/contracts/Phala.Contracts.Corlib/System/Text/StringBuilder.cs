using System.Runtime.CompilerServices;

namespace System.Text;

/// <summary>Text that grows, in one array.</summary>
public sealed class StringBuilder
{
    private char[] _chars;
    private int _length;

    public StringBuilder() => _chars = new char[16];

    public StringBuilder(int capacity) => _chars = new char[Math.Max(capacity, 16)];

    public StringBuilder(string value)
    {
        _chars = new char[Math.Max(value?.Length ?? 0, 16)];
        Append(value);
    }

    public int Length
    {
        get => _length;
        set
        {
            if (value < 0) System.Runtime.Faults.Range();
            if (value > _length) Append('\0', value - _length);
            _length = value;
        }
    }

    public int Capacity => _chars.Length;

    [IndexerName("Chars")]
    public char this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_length) throw new IndexOutOfRangeException();
            return _chars[index];
        }

        set
        {
            if ((uint)index >= (uint)_length) System.Runtime.Faults.Range();
            _chars[index] = value;
        }
    }

    public StringBuilder Append(char value)
    {
        if (_length == _chars.Length) Grow(_length + 1);
        _chars[_length++] = value;
        return this;
    }

    public StringBuilder Append(char value, int repeatCount)
    {
        if (repeatCount < 0) System.Runtime.Faults.Range();
        for (int i = 0; i < repeatCount; i++) Append(value);
        return this;
    }

    public StringBuilder Append(string value) => Append((ReadOnlySpan<char>)value);

    public StringBuilder Append(string value, int startIndex, int count) => Append(((ReadOnlySpan<char>)value).Slice(startIndex, count));

    public StringBuilder Append(char[] value) => Append((ReadOnlySpan<char>)value);

    public StringBuilder Append(ReadOnlySpan<char> value)
    {
        if (_chars.Length - _length < value.Length) Grow(_length + value.Length);
        value.CopyTo(new Span<char>(_chars, _length, value.Length));
        _length += value.Length;
        return this;
    }

    public StringBuilder Append(StringBuilder value) => value is null ? this : Append(new ReadOnlySpan<char>(value._chars, 0, value._length));

    public StringBuilder Append(bool value) => Append(value.ToString());

    public StringBuilder Append(byte value) => Append(Number.FromInt64(value));

    public StringBuilder Append(sbyte value) => Append(Number.FromInt64(value));

    public StringBuilder Append(short value) => Append(Number.FromInt64(value));

    public StringBuilder Append(ushort value) => Append(Number.FromInt64(value));

    public StringBuilder Append(int value) => Append(Number.FromInt64(value));

    public StringBuilder Append(uint value) => Append(Number.FromInt64(value));

    public StringBuilder Append(long value) => Append(Number.FromInt64(value));

    public StringBuilder Append(ulong value) => Append(Number.FromUInt64(value));

    public StringBuilder Append(object value) => value is null ? this : Append(value.ToString());

    public StringBuilder Append(ref AppendInterpolatedStringHandler handler) => this;

    public StringBuilder Append(IFormatProvider provider, ref AppendInterpolatedStringHandler handler) => this;

    public StringBuilder AppendLine() => Append('\n');

    public StringBuilder AppendLine(string value) => Append(value).Append('\n');

    public StringBuilder AppendLine(ref AppendInterpolatedStringHandler handler) => Append('\n');

    public StringBuilder AppendJoin(string separator, params string[] values) => Append(string.Join(separator, values));

    public StringBuilder Insert(int index, string value)
    {
        string all = ToString().Insert(index, value);
        _length = 0;
        return Append(all);
    }

    public StringBuilder Insert(int index, char value) => Insert(index, value.ToString());

    public StringBuilder Remove(int startIndex, int length)
    {
        if (startIndex < 0 || length < 0 || startIndex > _length - length) System.Runtime.Faults.Range();
        Array.Copy(_chars, startIndex + length, _chars, startIndex, _length - startIndex - length);
        _length -= length;
        return this;
    }

    public StringBuilder Replace(char oldChar, char newChar)
    {
        for (int i = 0; i < _length; i++)
        {
            if (_chars[i] == oldChar) _chars[i] = newChar;
        }

        return this;
    }

    public StringBuilder Replace(string oldValue, string newValue)
    {
        string all = ToString().Replace(oldValue, newValue);
        _length = 0;
        return Append(all);
    }

    public StringBuilder Clear()
    {
        _length = 0;
        return this;
    }

    public override string ToString() => new string(new ReadOnlySpan<char>(_chars, 0, _length));

    public string ToString(int startIndex, int length)
    {
        if (startIndex < 0 || length < 0 || startIndex > _length - length) System.Runtime.Faults.Range();
        return new string(new ReadOnlySpan<char>(_chars, startIndex, length));
    }

    private void Grow(int capacity)
    {
        char[] chars = new char[Math.Max(capacity, 2 * _chars.Length)];
        new ReadOnlySpan<char>(_chars, 0, _length).CopyTo(chars);
        _chars = chars;
    }

    /// <summary>What the C# compiler makes of an interpolated string that is appended.</summary>
    public struct AppendInterpolatedStringHandler
    {
        private readonly StringBuilder _builder;

        public AppendInterpolatedStringHandler(int literalLength, int formattedCount, StringBuilder stringBuilder) => _builder = stringBuilder;

        public AppendInterpolatedStringHandler(int literalLength, int formattedCount, StringBuilder stringBuilder, IFormatProvider provider) => _builder = stringBuilder;

        public void AppendLiteral(string value) => _builder.Append(value);

        public void AppendFormatted<T>(T value) => _builder.Append(Formatting.ToText(value, null));

        public void AppendFormatted<T>(T value, string format) => _builder.Append(Formatting.ToText(value, format));

        public void AppendFormatted<T>(T value, int alignment) => _builder.Append(Formatting.Align(Formatting.ToText(value, null), alignment));

        public void AppendFormatted<T>(T value, int alignment, string format) => _builder.Append(Formatting.Align(Formatting.ToText(value, format), alignment));

        public void AppendFormatted(string value) => _builder.Append(value);

        public void AppendFormatted(string value, int alignment = 0, string format = null) => _builder.Append(Formatting.Align(value ?? "", alignment));

        public void AppendFormatted(ReadOnlySpan<char> value) => _builder.Append(value);
    }
}
