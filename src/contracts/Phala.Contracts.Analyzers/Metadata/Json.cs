using System.Globalization;
using System.Text;

namespace Phala.Contracts.Analyzers.Metadata;

/// <summary>Pieces of JSON.</summary>
internal static class Json
{
    internal static string Text(string value)
    {
        StringBuilder text = new("\"");
        foreach (char letter in value)
        {
            if (letter is '"' or '\\') text.Append('\\').Append(letter);
            else if (letter < ' ') text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            else text.Append(letter);
        }

        return text.Append('"').ToString();
    }

    internal static string Flag(bool value) => value ? "true" : "false";

    internal static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    internal static string Hex(uint value) => $"\"0x{value.ToString("x8", CultureInfo.InvariantCulture)}\"";

    internal static string Array(IEnumerable<string> items) => $"[{string.Join(",", items)}]";

    internal static string Texts(IEnumerable<string> items) => Array(items.Select(Text));

    internal static string Object(params (string Name, string Value)[] members) => $"{{{string.Join(",", members.Select(static member => $"{Text(member.Name)}:{member.Value}"))}}}";
}
