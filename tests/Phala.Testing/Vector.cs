namespace Phala.Testing;

/// <summary>One published test vector: named fields of text or hexadecimal bytes.</summary>
public sealed class Vector(string name)
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>The name in brackets.</summary>
    public string Name { get; } = name;

    /// <summary>The names of all fields.</summary>
    public IReadOnlyCollection<string> Keys => _fields.Keys;

    /// <summary>A field's text.</summary>
    public string Text(string key) =>
        _fields.TryGetValue(key, out string? value) ? value : throw new KeyNotFoundException($"Vector '{Name}' has no field '{key}'.");

    /// <summary>A field's bytes, written in hexadecimal with or without 0x; empty text is no bytes.</summary>
    public byte[] Bytes(string key)
    {
        string text = Text(key);
        return Convert.FromHexString(text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text);
    }

    /// <summary>A field's decimal number.</summary>
    public int Number(string key) => int.Parse(Text(key), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether the vector has this field.</summary>
    public bool Has(string key) => _fields.ContainsKey(key);

    internal void Append(string key, string part) => _fields[key] = _fields.GetValueOrDefault(key, "") + part;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
