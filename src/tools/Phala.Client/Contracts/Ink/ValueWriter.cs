using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Phala.Codec;
using Phala.Codec.TypeInfo;
using Phala.Crypto.Keys;

namespace Phala.Client.Contracts.Ink;

/// <summary>Writes JSON values as SCALE, by their types.</summary>
/// <param name="types">The types.</param>
internal sealed class ValueWriter(TypeRegistry types)
{
    private const int AccountLength = 32, MostShown = 60;

    private readonly TypeNames _names = new(types);

    /// <summary>Writes a value.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="id">Its type.</param>
    /// <param name="value">It.</param>
    /// <param name="depth">How many levels it may have.</param>
    /// <returns>What is wrong, or null.</returns>
    internal ValueFault? Write(ref ScaleWriter writer, int id, JsonElement value, int depth)
    {
        if (depth <= 0) return new ValueFault("", "a value of fewer levels", "one of more");
        TypeDescription type = types.Types[id];
        if (_names.IsAccount(type)) return WriteAccount(ref writer, value);
        if (TypeNames.IsOption(type, out int some)) return WriteOption(ref writer, some, value, depth);
        return type.Definition switch
        {
            TypeDefinition.Simple simple => WriteSimple(ref writer, simple.Kind, value),
            TypeDefinition.Compact compact => WriteCompact(ref writer, compact.Inner, value),
            TypeDefinition.Sequence sequence => WriteSequence(ref writer, id, sequence.Element, value, depth),
            TypeDefinition.Array array => WriteArray(ref writer, id, array, value, depth),
            TypeDefinition.Tuple tuple => WriteAll(ref writer, id, tuple.Elements, value, depth),
            TypeDefinition.Composite composite => WriteFields(ref writer, id, composite.Fields, value, depth),
            TypeDefinition.Variant variant => WriteVariant(ref writer, id, variant, value, depth),
            _ => new ValueFault("", "a type that has values in JSON", "bits"),
        };
    }

    private static ValueFault? WriteSimple(ref ScaleWriter writer, Primitive kind, JsonElement value)
    {
        if (IntegerKind.TryOf(kind, out IntegerKind integers))
        {
            if (!integers.TryRead(value, out BigInteger integer)) return Not(TypeNames.Of(kind), value);
            integers.Write(ref writer, integer);
            return null;
        }

        bool isText = value.ValueKind == JsonValueKind.String;
        if (kind == Primitive.Bool)
        {
            if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return Not("true or false", value);
            writer.WriteBool(value.ValueKind == JsonValueKind.True);
            return null;
        }

        if (!isText) return Not(kind == Primitive.Char ? "a character" : "a text", value);
        string text = value.GetString()!;
        if (kind == Primitive.Str)
        {
            writer.WriteString(text);
            return null;
        }

        if (!Rune.TryGetRuneAt(text.Length == 0 ? "\ud800" : text, 0, out Rune rune) || rune.Utf16SequenceLength != text.Length) return Not("a character", value);
        writer.WriteRune(rune);
        return null;
    }

    private ValueFault? WriteCompact(ref ScaleWriter writer, int inner, JsonElement value)
    {
        if (_names.Core(inner) is not TypeDefinition.Simple simple || !IntegerKind.TryOf(simple.Kind, out IntegerKind integers) || integers.IsSigned) return Not("a compact form of an unsigned integer", value);
        if (!integers.TryRead(value, out BigInteger integer)) return Not(TypeNames.Of(simple.Kind), value);
        writer.WriteCompact((UInt256)integer);
        return null;
    }

    private static ValueFault? WriteAccount(ref ScaleWriter writer, JsonElement value)
    {
        const string Expected = "AccountId (an SS58 address, or 32 bytes in hexadecimal)";
        if (value.ValueKind != JsonValueKind.String) return Not(Expected, value);
        string text = value.GetString()!;
        if (!Hex.TryParse(text, out byte[] account))
        {
            account = new byte[Ss58.MaxAccountLength];
            Ss58Error error = Ss58.TryDecode(text, account, out int length, out _);
            if (error != Ss58Error.None) return new ValueFault("", Expected, $"{Shown(value)} ({error})");
            account = account[..length];
        }

        if (account.Length != AccountLength) return Not(Expected, value);
        writer.WriteSpan(account);
        return null;
    }

    /// <summary>Null is none; <c>{"Some": […]}</c> is for options of options, and anything else is the value itself.</summary>
    private ValueFault? WriteOption(ref ScaleWriter writer, int some, JsonElement value, int depth)
    {
        writer.WriteBool(value.ValueKind != JsonValueKind.Null);
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (!IsOnly(value, "Some", out JsonElement inner)) return Write(ref writer, some, value, depth - 1);
        return inner.ValueKind == JsonValueKind.Array && inner.GetArrayLength() == 1 ? Write(ref writer, some, inner[0], depth - 1)?.In(".Some[0]") : Not("a list of one value", inner).In(".Some");
    }

    private ValueFault? WriteSequence(ref ScaleWriter writer, int id, int element, JsonElement value, int depth)
    {
        if (_names.IsByte(element) && value.ValueKind == JsonValueKind.String)
        {
            if (!Hex.TryParse(value.GetString(), out byte[] bytes)) return Not("bytes in hexadecimal after 0x", value);
            writer.WriteByteSequence(bytes);
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array) return Not($"{_names.Of(id)} (a list{Bytes(element)})", value);
        writer.WriteLength(value.GetArrayLength());
        return WriteElements(ref writer, element, value, depth);
    }

    private ValueFault? WriteArray(ref ScaleWriter writer, int id, TypeDefinition.Array array, JsonElement value, int depth)
    {
        if (_names.IsByte(array.Element) && value.ValueKind == JsonValueKind.String)
        {
            if (!Hex.TryParse(value.GetString(), out byte[] bytes) || bytes.Length != array.Length) return Not($"{array.Length} bytes in hexadecimal after 0x", value);
            writer.WriteSpan(bytes);
            return null;
        }

        bool isWhole = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == array.Length;
        return isWhole ? WriteElements(ref writer, array.Element, value, depth) : Not($"{_names.Of(id)} (a list of {array.Length} values{Bytes(array.Element)})", value);
    }

    private ValueFault? WriteElements(ref ScaleWriter writer, int element, JsonElement list, int depth)
    {
        int at = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (Write(ref writer, element, item, depth - 1) is { } fault) return fault.In(string.Create(CultureInfo.InvariantCulture, $"[{at}]"));
            at++;
        }

        return null;
    }

    /// <summary>Values of several types in a list. None at all may be null as well.</summary>
    private ValueFault? WriteAll(ref ScaleWriter writer, int id, IReadOnlyList<int> elements, JsonElement value, int depth)
    {
        if (elements.Count == 0 && value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != elements.Count) return Not($"{_names.Of(id)} (a list of {elements.Count} values)", value);
        int at = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (Write(ref writer, elements[at], item, depth - 1) is { } fault) return fault.In(string.Create(CultureInfo.InvariantCulture, $"[{at}]"));
            at++;
        }

        return null;
    }

    /// <summary>A record: an object where fields have names, a list where they have none, the value itself where there is but one without a name.</summary>
    private ValueFault? WriteFields(ref ScaleWriter writer, int id, IReadOnlyList<TypeField> fields, JsonElement value, int depth)
    {
        if (fields is [{ Name: null } only]) return Write(ref writer, only.Type, value, depth - 1);
        return fields.Any(field => field.Name is null) || fields.Count == 0
            ? WriteAll(ref writer, id, [.. fields.Select(field => field.Type)], value, depth)
            : WriteNamed(ref writer, _names.Of(id), fields, value, depth);
    }

    private ValueFault? WriteNamed(ref ScaleWriter writer, string name, IReadOnlyList<TypeField> fields, JsonElement value, int depth)
    {
        if (value.ValueKind != JsonValueKind.Object) return Not($"{name} (an object)", value);
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (fields.All(field => field.Name != property.Name)) return new ValueFault("", $"{name} with {string.Join(", ", fields.Select(field => field.Name))}", $"with '{property.Name}'");
        }

        foreach (TypeField field in fields)
        {
            if (!value.TryGetProperty(field.Name!, out JsonElement member)) return new ValueFault("." + field.Name, _names.Of(field.Type), "nothing");
            if (Write(ref writer, field.Type, member, depth - 1) is { } fault) return fault.In("." + field.Name);
        }

        return null;
    }

    /// <summary>A variant: its name where it has no fields, an object of its name and its fields otherwise.</summary>
    private ValueFault? WriteVariant(ref ScaleWriter writer, int id, TypeDefinition.Variant type, JsonElement value, int depth)
    {
        JsonElement content = default;
        string? name = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().ToArray() is [{ } only]) (name, content) = (only.Name, only.Value);
        if (name is null || type.Variants.FirstOrDefault(variant => variant.Name == name) is not { } found) return Not($"{_names.Of(id)} ({Names(type)})", value);
        writer.WriteByte(found.Index);
        if (content.ValueKind == JsonValueKind.Undefined) return found.Fields.Count == 0 ? null : new ValueFault("." + name, "an object with the variant's fields", "its name alone");
        bool isNamed = found.Fields.Count > 0 && found.Fields.All(field => field.Name is not null);
        if (isNamed) return WriteNamed(ref writer, name, found.Fields, content, depth - 1)?.In("." + name);
        if (found.Fields is [{ } field] && content.ValueKind != JsonValueKind.Array) return Write(ref writer, field.Type, content, depth - 1)?.In("." + name);
        return WriteAll(ref writer, id, [.. found.Fields.Select(each => each.Type)], content, depth - 1)?.In("." + name);
    }

    private static bool IsOnly(JsonElement value, string name, out JsonElement content)
    {
        content = default;
        if (value.ValueKind != JsonValueKind.Object) return false;
        int count = 0;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (++count > 1 || property.Name != name) return false;
            content = property.Value;
        }

        return count == 1;
    }

    private string Bytes(int element) => _names.IsByte(element) ? ", or bytes in hexadecimal after 0x" : "";

    private static string Names(TypeDefinition.Variant type)
    {
        string names = string.Join(", ", type.Variants.Select(variant => variant.Name));
        return names.Length <= MostShown ? names : names[..MostShown] + "…";
    }

    private static ValueFault Not(string expected, JsonElement value) => new("", expected, Shown(value));

    private static string Shown(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= MostShown ? text : text[..MostShown] + "…";
    }
}
