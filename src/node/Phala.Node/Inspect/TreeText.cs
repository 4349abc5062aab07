using System.Text.Json.Nodes;

namespace Phala.Node.Inspect;

/// <summary>Prints JSON as an indented tree: a name and value a line.</summary>
internal static class TreeText
{
    private const int Step = 2, NameWidth = 18;

    /// <summary>Prints an object or list.</summary>
    public static void Write(TextWriter output, JsonNode? node, int indent = 0)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach ((string name, JsonNode? value) in fields) WriteItem(output, Clean(name), value, indent);
                break;
            case JsonArray items:
                foreach (JsonNode? value in items) WriteItem(output, "-", value, indent);
                break;
        }
    }

    private static void WriteItem(TextWriter output, string name, JsonNode? value, int indent)
    {
        string margin = new(' ', indent);
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            output.WriteLine(margin + name);
            Write(output, value, indent + Step);
            return;
        }

        string text = value switch
        {
            null => "none",
            JsonObject or JsonArray => "nothing",
            _ => Clean(value.ToString()),
        };
        output.WriteLine(margin + (name == "-" ? "- " : name.PadRight(Math.Max(NameWidth - indent, 0)) + " ") + text);
    }

    /// <summary>What strangers wrote moves no cursor.</summary>
    private static string Clean(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter)) : text;
}
