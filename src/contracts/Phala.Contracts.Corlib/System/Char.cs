namespace System;

/// <summary>One unit of UTF-16. Classes and cases are those of ASCII, white space those of Latin-1 and the general punctuation.</summary>
public readonly struct Char : IComparable, IComparable<char>, IEquatable<char>
{
    public const char MaxValue = '\uFFFF';

    public const char MinValue = '\0';

    public static bool IsAscii(char c) => c < 0x80;

    public static bool IsDigit(char c) => IsBetween(c, '0', '9');

    public static bool IsAsciiDigit(char c) => IsBetween(c, '0', '9');

    public static bool IsAsciiLetter(char c) => IsBetween((char)(c | 0x20), 'a', 'z');

    public static bool IsAsciiLetterLower(char c) => IsBetween(c, 'a', 'z');

    public static bool IsAsciiLetterUpper(char c) => IsBetween(c, 'A', 'Z');

    public static bool IsAsciiLetterOrDigit(char c) => IsAsciiLetter(c) || IsDigit(c);

    public static bool IsAsciiHexDigit(char c) => IsDigit(c) || IsBetween((char)(c | 0x20), 'a', 'f');

    public static bool IsAsciiHexDigitLower(char c) => IsDigit(c) || IsBetween(c, 'a', 'f');

    public static bool IsAsciiHexDigitUpper(char c) => IsDigit(c) || IsBetween(c, 'A', 'F');

    public static bool IsBetween(char c, char minInclusive, char maxInclusive) => (uint)(c - minInclusive) <= (uint)(maxInclusive - minInclusive);

    public static bool IsControl(char c) => c < 0x20 || IsBetween(c, '\x7F', '\x9F');

    public static bool IsWhiteSpace(char c) =>
        c == ' ' || IsBetween(c, '\t', '\r') || c == '\x85' || c == '\xA0' || c == '\u1680' || IsBetween(c, '\u2000', '\u200A') || c == '\u2028' || c == '\u2029' || c == '\u202F' || c == '\u205F' || c == '\u3000';

    public static bool IsSurrogate(char c) => IsBetween(c, '\uD800', '\uDFFF');

    public static bool IsHighSurrogate(char c) => IsBetween(c, '\uD800', '\uDBFF');

    public static bool IsLowSurrogate(char c) => IsBetween(c, '\uDC00', '\uDFFF');

    public static char ToUpperInvariant(char c) => IsAsciiLetterLower(c) ? (char)(c - 0x20) : c;

    public static char ToLowerInvariant(char c) => IsAsciiLetterUpper(c) ? (char)(c + 0x20) : c;

    public static string ToString(char c) => c.ToString();

    public int CompareTo(char value) => this - value;

    public int CompareTo(object value)
    {
        if (value is null) return 1;
        return value is char other ? CompareTo(other) : throw new ArgumentException("Object must be of type Char.");
    }

    public bool Equals(char obj) => this == obj;

    public override bool Equals(object obj) => obj is char other && this == other;

    public override int GetHashCode() => this | (this << 16);

    public override string ToString() => new string(this, 1);
}
