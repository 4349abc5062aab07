using System.Text.Json.Nodes;

namespace Phala.Node.ChainSpecs;

/// <summary>Reads the fields of a JSON object and remembers the first that is wrong. What it returns after that is of no use.</summary>
/// <param name="root">The object.</param>
/// <param name="parent">Who is told of what is wrong; null for the outermost.</param>
/// <param name="path">What the names of fields begin with in messages.</param>
internal sealed class JsonReader(JsonObject root, JsonReader? parent = null, string path = "")
{
    /// <summary>What is wrong, if anything.</summary>
    public ChainSpecError? Error { get; private set; }

    /// <summary>Whether anything is wrong.</summary>
    public bool HasFailed => parent?.HasFailed ?? Error is not null;

    /// <summary>Remembers what is wrong, unless something was before.</summary>
    public void Fail(string field, string problem)
    {
        if (parent is not null) parent.Fail(path + field, problem);
        else Error ??= new ChainSpecError(field, problem);
    }

    /// <summary>A text that must be there.</summary>
    public string Text(string field)
    {
        if (root[field] is JsonValue value && value.TryGetValue(out string? text)) return text;
        Fail(field, root.ContainsKey(field) ? "is no text" : "is missing");
        return "";
    }

    /// <summary>A text, or null.</summary>
    public string? OptionalText(string field) => root[field] is null ? null : Text(field);

    /// <summary>Whether something is so; not so where it is missing.</summary>
    public bool Flag(string field)
    {
        if (root[field] is null) return false;
        if (root[field] is JsonValue value && value.TryGetValue(out bool flag)) return flag;
        Fail(field, "is neither true nor false");
        return false;
    }

    /// <summary>A number that must be there.</summary>
    public ulong Number(string field)
    {
        if (root[field] is JsonValue value && value.TryGetValue(out ulong number)) return number;
        Fail(field, root.ContainsKey(field) ? "is no whole number" : "is missing");
        return 0;
    }

    /// <summary>A list of texts; none where it is missing.</summary>
    public IReadOnlyList<string> Texts(string field)
    {
        if (root[field] is null) return [];
        if (root[field] is not JsonArray list || list.Any(item => item is not JsonValue value || !value.TryGetValue(out string? _)))
        {
            Fail(field, "is no list of texts");
            return [];
        }

        return [.. list.Select(item => item!.GetValue<string>())];
    }

    /// <summary>A list; empty and wrong where it is missing.</summary>
    public JsonArray List(string field)
    {
        if (root[field] is JsonArray list) return list;
        Fail(field, root.ContainsKey(field) ? "is no list" : "is missing");
        return [];
    }

    /// <summary>An object; empty where it is missing or null.</summary>
    public JsonObject Object(string field)
    {
        if (root[field] is null) return [];
        if (root[field] is JsonObject found) return found;
        Fail(field, "is no object");
        return [];
    }

    /// <summary>The kind of chain: a text, or an object with one of one's own.</summary>
    public string ChainType()
    {
        if (root["chainType"] is JsonObject own && own["Custom"] is JsonValue name && name.TryGetValue(out string? text)) return text;
        return root["chainType"] is null ? "Live" : Text("chainType");
    }
}
