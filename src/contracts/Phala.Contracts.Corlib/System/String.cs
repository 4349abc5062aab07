using System.Collections;
using System.Collections.Generic;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Text;

namespace System;

/// <summary>Text in UTF-16. In memory: the number of the type, the length, the characters. Comparisons are ordinal; cases are those of ASCII.</summary>
public sealed class String : IComparable, IComparable<string>, IEquatable<string>, IEnumerable<char>
{
    public static readonly string Empty = "";

    private readonly int _length;
    private char _firstChar;

    // Constructors exist for the C# compiler; the compiler of contracts calls Make in their place.
    public extern String(char c, int count);

    public extern String(char[] value);

    public extern String(char[] value, int startIndex, int length);

    public extern String(ReadOnlySpan<char> value);

    public int Length => _length;

    [IndexerName("Chars")]
    public char this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_length) Faults.Range();
            return Unsafe.Add(ref _firstChar, index);
        }
    }

    public static implicit operator ReadOnlySpan<char>(string value) => value is null ? default : value.View();

    public static bool operator ==(string a, string b) => Equals(a, b);

    public static bool operator !=(string a, string b) => !Equals(a, b);

    public static bool Equals(string a, string b)
    {
        if ((object)a == (object)b) return true;
        if (a is null || b is null || a._length != b._length) return false;
        return Machine.SameBytes(Machine.AddressOf(a) + 8, Machine.AddressOf(b) + 8, 2 * a._length);
    }

    public static bool Equals(string a, string b, StringComparison comparisonType) => Compare(a, b, comparisonType) == 0;

    public static bool IsNullOrEmpty(string value) => value is null || value.Length == 0;

    public static bool IsNullOrWhiteSpace(string value) => value is null || ((ReadOnlySpan<char>)value).Trim().Length == 0;

    public static string Concat(string str0, string str1) => Concat((ReadOnlySpan<char>)str0, (ReadOnlySpan<char>)str1);

    public static string Concat(string str0, string str1, string str2) => Concat((ReadOnlySpan<char>)str0, (ReadOnlySpan<char>)str1, (ReadOnlySpan<char>)str2);

    public static string Concat(string str0, string str1, string str2, string str3) =>
        Concat((ReadOnlySpan<char>)str0, (ReadOnlySpan<char>)str1, (ReadOnlySpan<char>)str2, (ReadOnlySpan<char>)str3);

    public static string Concat(ReadOnlySpan<char> str0, ReadOnlySpan<char> str1)
    {
        string made = Machine.NewString(str0.Length + str1.Length);
        str0.CopyTo(made.Writable(0));
        str1.CopyTo(made.Writable(str0.Length));
        return made;
    }

    public static string Concat(ReadOnlySpan<char> str0, ReadOnlySpan<char> str1, ReadOnlySpan<char> str2)
    {
        string made = Machine.NewString(str0.Length + str1.Length + str2.Length);
        str0.CopyTo(made.Writable(0));
        str1.CopyTo(made.Writable(str0.Length));
        str2.CopyTo(made.Writable(str0.Length + str1.Length));
        return made;
    }

    public static string Concat(ReadOnlySpan<char> str0, ReadOnlySpan<char> str1, ReadOnlySpan<char> str2, ReadOnlySpan<char> str3) => Concat(Concat(str0, str1), Concat(str2, str3));

    public static string Concat(object arg0) => arg0?.ToString() ?? "";

    public static string Concat(object arg0, object arg1) => Concat(arg0?.ToString(), arg1?.ToString());

    public static string Concat(object arg0, object arg1, object arg2) => Concat(arg0?.ToString(), arg1?.ToString(), arg2?.ToString());

    public static string Concat(params string[] values) => Join("", values);

    public static string Concat(params ReadOnlySpan<string> values)
    {
        StringBuilder builder = new();
        foreach (string value in values) builder.Append(value);
        return builder.ToString();
    }

    public static string Concat(params object[] args)
    {
        StringBuilder builder = new();
        foreach (object value in args) builder.Append(value?.ToString());
        return builder.ToString();
    }

    public static string Concat(IEnumerable<string> values) => Join("", values);

    public static string Concat<T>(IEnumerable<T> values) => Join<T>("", values);

    public static string Join(string separator, params string[] value)
    {
        StringBuilder builder = new();
        for (int i = 0; i < value.Length; i++)
        {
            if (i > 0) builder.Append(separator);
            builder.Append(value[i]);
        }

        return builder.ToString();
    }

    public static string Join(char separator, params string[] value) => Join(separator.ToString(), value);

    public static string Join(string separator, params ReadOnlySpan<string> value) => Join(separator, value.ToArray());

    public static string Join(char separator, params ReadOnlySpan<string> value) => Join(separator.ToString(), value.ToArray());

    public static string Join(string separator, params object[] values) => Join<object>(separator, values);

    public static string Join(string separator, params ReadOnlySpan<object> values) => Join<object>(separator, values.ToArray());

    public static string Join(char separator, params object[] values) => Join<object>(separator.ToString(), values);

    public static string Join(char separator, params ReadOnlySpan<object> values) => Join<object>(separator.ToString(), values.ToArray());

    public static string Join(string separator, IEnumerable<string> values) => Join<string>(separator, values);

    public static string Join<T>(char separator, IEnumerable<T> values) => Join(separator.ToString(), values);

    public static string Join<T>(string separator, IEnumerable<T> values)
    {
        StringBuilder builder = new();
        bool first = true;
        foreach (T value in values)
        {
            if (!first) builder.Append(separator);
            first = false;
            builder.Append(value?.ToString());
        }

        return builder.ToString();
    }

    public static string Create(IFormatProvider provider, ref DefaultInterpolatedStringHandler handler) => handler.ToStringAndClear();

    public static int CompareOrdinal(string strA, string strB)
    {
        if ((object)strA == (object)strB) return 0;
        if (strA is null) return -1;
        if (strB is null) return 1;
        return ((ReadOnlySpan<char>)strA).SequenceCompareTo((ReadOnlySpan<char>)strB);
    }

    public static int Compare(string strA, string strB) => CompareOrdinal(strA, strB);

    public static int Compare(string strA, string strB, StringComparison comparisonType)
    {
        if (((int)comparisonType & 1) != 0) return CompareOrdinal(strA?.ToUpperInvariant(), strB?.ToUpperInvariant());
        return CompareOrdinal(strA, strB);
    }

    public int CompareTo(string strB) => CompareOrdinal(this, strB);

    public int CompareTo(object value)
    {
        if (value is null) return 1;
        return value is string other ? CompareOrdinal(this, other) : throw new ArgumentException("Object must be of type String.");
    }

    public bool Equals(string value) => Equals(this, value);

    public bool Equals(string value, StringComparison comparisonType) => Compare(this, value, comparisonType) == 0;

    public override bool Equals(object obj) => obj is string other && Equals(this, other);

    // FNV-1a over the characters: the same in every run.
    public override int GetHashCode()
    {
        uint hash = 2166136261;
        for (int i = 0; i < _length; i++) hash = (hash ^ Unsafe.Add(ref _firstChar, i)) * 16777619;
        return (int)hash;
    }

    public override string ToString() => this;

    public string ToString(IFormatProvider provider) => this;

    public object Clone() => this;

    public char[] ToCharArray() => ((ReadOnlySpan<char>)this).ToArray();

    public char[] ToCharArray(int startIndex, int length) => ((ReadOnlySpan<char>)this).Slice(startIndex, length).ToArray();

    public void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count) =>
        ((ReadOnlySpan<char>)this).Slice(sourceIndex, count).CopyTo(new Span<char>(destination, destinationIndex, count));

    public void CopyTo(Span<char> destination) => ((ReadOnlySpan<char>)this).CopyTo(destination);

    public ref readonly char GetPinnableReference() => ref _firstChar;

    public bool Contains(char value) => IndexOf(value) >= 0;

    public bool Contains(string value) => IndexOf(value) >= 0;

    public bool Contains(string value, StringComparison comparisonType) => IndexOf(value, comparisonType) >= 0;

    public bool StartsWith(char value) => _length > 0 && _firstChar == value;

    public bool StartsWith(string value) => ((ReadOnlySpan<char>)this).StartsWith((ReadOnlySpan<char>)Required(value));

    public bool StartsWith(string value, StringComparison comparisonType) =>
        value.Length <= _length && Compare(Substring(0, value.Length), value, comparisonType) == 0;

    public bool EndsWith(char value) => _length > 0 && this[_length - 1] == value;

    public bool EndsWith(string value) => ((ReadOnlySpan<char>)this).EndsWith((ReadOnlySpan<char>)Required(value));

    public bool EndsWith(string value, StringComparison comparisonType) =>
        value.Length <= _length && Compare(Substring(_length - value.Length), value, comparisonType) == 0;

    public int IndexOf(char value) => ((ReadOnlySpan<char>)this).IndexOf(value);

    public int IndexOf(char value, int startIndex)
    {
        if ((uint)startIndex > (uint)_length) System.Runtime.Faults.Range();
        int found = ((ReadOnlySpan<char>)this).Slice(startIndex).IndexOf(value);
        return found < 0 ? -1 : found + startIndex;
    }

    public int IndexOf(string value) => ((ReadOnlySpan<char>)this).IndexOf((ReadOnlySpan<char>)Required(value));

    public int IndexOf(string value, int startIndex)
    {
        if ((uint)startIndex > (uint)_length) System.Runtime.Faults.Range();
        int found = ((ReadOnlySpan<char>)this).Slice(startIndex).IndexOf((ReadOnlySpan<char>)Required(value));
        return found < 0 ? -1 : found + startIndex;
    }

    public int IndexOf(string value, StringComparison comparisonType) =>
        ((int)comparisonType & 1) != 0 ? ToUpperInvariant().IndexOf(value.ToUpperInvariant()) : IndexOf(value);

    public int IndexOfAny(char[] anyOf)
    {
        for (int i = 0; i < _length; i++)
        {
            if (Array.IndexOf(anyOf, this[i]) >= 0) return i;
        }

        return -1;
    }

    public int LastIndexOf(char value) => ((ReadOnlySpan<char>)this).LastIndexOf(value);

    public int LastIndexOf(string value) => ((ReadOnlySpan<char>)this).LastIndexOf((ReadOnlySpan<char>)Required(value));

    public string Substring(int startIndex)
    {
        if ((uint)startIndex > (uint)_length) System.Runtime.Faults.Range();
        return Substring(startIndex, _length - startIndex);
    }

    public string Substring(int startIndex, int length)
    {
        if (startIndex < 0 || length < 0 || startIndex > _length - length) System.Runtime.Faults.Range();
        if (length == _length) return this;
        return new string(((ReadOnlySpan<char>)this).Slice(startIndex, length));
    }

    public string Trim() => new string(((ReadOnlySpan<char>)this).Trim());

    public string TrimStart() => new string(((ReadOnlySpan<char>)this).TrimStart());

    public string TrimEnd() => new string(((ReadOnlySpan<char>)this).TrimEnd());

    public string Trim(char trimChar) => TrimStart(trimChar).TrimEnd(trimChar);

    public string TrimStart(char trimChar)
    {
        int start = 0;
        while (start < _length && this[start] == trimChar) start++;
        return Substring(start);
    }

    public string TrimEnd(char trimChar)
    {
        int end = _length;
        while (end > 0 && this[end - 1] == trimChar) end--;
        return Substring(0, end);
    }

    public string ToUpperInvariant()
    {
        string made = Machine.NewString(_length);
        for (int i = 0; i < _length; i++) Unsafe.Add(ref made._firstChar, i) = char.ToUpperInvariant(Unsafe.Add(ref _firstChar, i));
        return made;
    }

    public string ToLowerInvariant()
    {
        string made = Machine.NewString(_length);
        for (int i = 0; i < _length; i++) Unsafe.Add(ref made._firstChar, i) = char.ToLowerInvariant(Unsafe.Add(ref _firstChar, i));
        return made;
    }

    public string ToUpper() => ToUpperInvariant();

    public string ToLower() => ToLowerInvariant();

    public string PadLeft(int totalWidth) => PadLeft(totalWidth, ' ');

    public string PadLeft(int totalWidth, char paddingChar)
    {
        if (totalWidth < 0) System.Runtime.Faults.Range();
        return totalWidth <= _length ? this : Concat(new string(paddingChar, totalWidth - _length), this);
    }

    public string PadRight(int totalWidth) => PadRight(totalWidth, ' ');

    public string PadRight(int totalWidth, char paddingChar)
    {
        if (totalWidth < 0) System.Runtime.Faults.Range();
        return totalWidth <= _length ? this : Concat(this, new string(paddingChar, totalWidth - _length));
    }

    public string Insert(int startIndex, string value) =>
        Concat(((ReadOnlySpan<char>)this).Slice(0, startIndex), (ReadOnlySpan<char>)Required(value), ((ReadOnlySpan<char>)this).Slice(startIndex));

    public string Remove(int startIndex) => Substring(0, startIndex);

    public string Remove(int startIndex, int count) =>
        Concat(((ReadOnlySpan<char>)this).Slice(0, startIndex), ((ReadOnlySpan<char>)this).Slice(startIndex).Slice(count));

    public string Replace(char oldChar, char newChar)
    {
        string made = Machine.NewString(_length);
        for (int i = 0; i < _length; i++)
        {
            char c = Unsafe.Add(ref _firstChar, i);
            Unsafe.Add(ref made._firstChar, i) = c == oldChar ? newChar : c;
        }

        return made;
    }

    public string Replace(string oldValue, string newValue)
    {
        if (Required(oldValue).Length == 0) throw new ArgumentException("String cannot be of zero length.", nameof(oldValue));
        StringBuilder builder = new();
        int start = 0;
        for (int found = IndexOf(oldValue, 0); found >= 0; found = IndexOf(oldValue, start))
        {
            builder.Append(((ReadOnlySpan<char>)this).Slice(start, found - start));
            builder.Append(newValue);
            start = found + oldValue.Length;
        }

        if (start == 0) return this;
        builder.Append(((ReadOnlySpan<char>)this).Slice(start));
        return builder.ToString();
    }

    public string[] Split(char separator, StringSplitOptions options = StringSplitOptions.None) => SplitBy(separator.ToString(), options);

    public string[] Split(params char[] separator) => SplitBy(separator is { Length: > 0 } ? separator[0].ToString() : " ", StringSplitOptions.None);

    public string[] Split(string separator, StringSplitOptions options = StringSplitOptions.None) => SplitBy(separator, options);

    public CharEnumerator GetEnumerator() => new CharEnumerator(this);

    IEnumerator<char> IEnumerable<char>.GetEnumerator() => new CharEnumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new CharEnumerator(this);

    internal static string Make(char c, int count)
    {
        if (count < 0) System.Runtime.Faults.Range();
        string made = Machine.NewString(count);
        for (int i = 0; i < count; i++) Unsafe.Add(ref made._firstChar, i) = c;
        return made;
    }

    internal static string Make(char[] value) => value is null ? "" : Make((ReadOnlySpan<char>)value);

    internal static string Make(char[] value, int startIndex, int length) => Make(new ReadOnlySpan<char>(value, startIndex, length));

    internal static string Make(ReadOnlySpan<char> value)
    {
        if (value.Length == 0) return "";
        string made = Machine.NewString(value.Length);
        value.CopyTo(made.Writable(0));
        return made;
    }

    internal ReadOnlySpan<char> View() => new ReadOnlySpan<char>(ref _firstChar, _length);

    internal Span<char> Writable(int start) => new Span<char>(ref Unsafe.Add(ref _firstChar, start), _length - start);

    private static string Required(string value)
    {
        ArgumentNullException.ThrowIfNull(value, nameof(value));
        return value;
    }

    private string[] SplitBy(string separator, StringSplitOptions options)
    {
        List<string> parts = new();
        int start = 0;
        if (!IsNullOrEmpty(separator))
        {
            for (int found = IndexOf(separator, 0); found >= 0; found = IndexOf(separator, start))
            {
                AddPart(parts, Substring(start, found - start), options);
                start = found + separator.Length;
            }
        }

        AddPart(parts, Substring(start), options);
        return parts.ToArray();
    }

    private static void AddPart(List<string> parts, string part, StringSplitOptions options)
    {
        if (((int)options & 2) != 0) part = part.Trim();
        if (part.Length > 0 || ((int)options & 1) == 0) parts.Add(part);
    }
}
