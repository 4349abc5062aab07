using System.Text.Json;

namespace Phala.Terminal.Keys;

/// <summary>What a command tells about a key: named values, as aligned lines or as JSON.</summary>
public sealed class KeyReport
{
    private const int ValueColumn = 16;

    /// <summary>The names that Substrate's key commands use for the same things.</summary>
    private static readonly Dictionary<string, string> SubstrateNames = new(StringComparer.Ordinal)
    {
        ["Account"] = "accountId",
        ["Address"] = "ss58Address",
        ["Network"] = "networkId",
    };

    private readonly List<(string Name, string Value)> _rows = [];

    /// <summary>Adds a row, unless there is no value.</summary>
    public void Add(string name, string? value)
    {
        if (value is not null) _rows.Add((name, value));
    }

    /// <summary>Adds bytes in hexadecimal.</summary>
    public void Add(string name, byte[] value) => Add(name, "0x" + Convert.ToHexStringLower(value));

    /// <summary>Prints all rows.</summary>
    public void Print(TextWriter output, bool json)
    {
        if (json) output.WriteLine(ToJson(PropertyName));
        else foreach ((string name, string value) in _rows) output.WriteLine(name.PadRight(ValueColumn) + value);
    }

    /// <summary>The rows as JSON, under the names that scripts for Substrate's key commands read.</summary>
    public string ToSubstrateJson() => ToJson(name => SubstrateNames.GetValueOrDefault(name) ?? PropertyName(name));

    // "Public key" becomes publicKey.
    private static string PropertyName(string name)
    {
        string[] words = name.Split(' ');
        return string.Concat(words.Select((word, index) => index == 0 ? word.ToLowerInvariant() : char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private string ToJson(Func<string, string> property)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            foreach ((string name, string value) in _rows) writer.WriteString(property(name), value);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
