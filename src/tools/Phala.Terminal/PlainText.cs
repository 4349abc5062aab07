using System.Globalization;
using System.Text;

namespace Phala.Terminal;

/// <summary>Text that somebody else wrote, as it is printed: it forges no line, moves no cursor, and turns no direction. What could is written as its number, <c>\u001b</c>, which is also how JSON writes it.</summary>
public static class PlainText
{
    /// <summary>A text in one line.</summary>
    public static string Of(string text) => Escape(text, '\0');

    /// <summary>A text of our own in lines, with parts that others wrote.</summary>
    public static string Lines(string text) => Escape(text, '\n');

    private static string Escape(string text, char kept)
    {
        StringBuilder? plain = null;
        int done = 0, at = 0;
        foreach (Rune letter in text.EnumerateRunes())
        {
            // Half of a surrogate pair is enumerated as a replacement of one place.
            int length = letter.Utf16SequenceLength;
            if (!IsPlain(letter) && (kept == '\0' || letter.Value != kept))
            {
                plain = (plain ?? new StringBuilder(text.Length + 16)).Append(text, done, at - done);
                foreach (char unit in text.AsSpan(at, length)) plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
                done = at + length;
            }

            at += length;
        }

        return plain is null ? text : plain.Append(text, done, text.Length - done).ToString();
    }

    private static bool IsPlain(Rune letter) => Rune.GetUnicodeCategory(letter) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
