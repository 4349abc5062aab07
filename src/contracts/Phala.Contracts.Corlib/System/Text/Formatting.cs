using System.Runtime;

namespace System.Text;

/// <summary>Text of values in interpolated strings.</summary>
internal static class Formatting
{
    internal static string ToText<T>(T value, string format)
    {
        if (value is null) return "";
        if (format is null) return value.ToString() ?? "";
        if (Machine.IsFormattable<T>()) return Machine.FormatValue(ref value, format, null);

        // The value of a nullable, and what is in an object.
        if (value is IFormattable formattable) return formattable.ToString(format, null) ?? "";
        return value.ToString() ?? "";
    }

    internal static string Align(string text, int alignment) => alignment < 0 ? text.PadRight(-alignment) : text.PadLeft(alignment);
}
