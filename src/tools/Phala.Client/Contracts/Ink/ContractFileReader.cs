using System.Text.Json;
using System.Text.Unicode;
using Phala.Codec.TypeInfo;
using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Client.Contracts.Ink;

/// <summary>Reads contracts' files. Time and memory are in proportion to the file's length.</summary>
internal sealed class ContractFileReader
{
    private static readonly string[] Generations = ["V3", "V2", "V1"];

    private TypeTableReader _table = new(0, 0);
    private TypeRegistry _types = new([]);

    /// <summary>Reads a file.</summary>
    /// <returns>What is wrong, or null.</returns>
    internal static ContractFileFault? TryRead(ReadOnlyMemory<byte> json, out ContractFile? file)
    {
        file = null;
        if (!Utf8.IsValid(json.Span)) return new ContractFileFault(ContractFileError.NotJson, "");
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonPlace root = new(document.RootElement);
            return new ContractFileReader().TryRead(root, out file) ? null : root.Fault;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second comes from halves of surrogate pairs, which the parser lets pass and nobody can read.
            file = null;
            return new ContractFileFault(ContractFileError.NotJson, "");
        }
    }

    private bool TryRead(JsonPlace root, out ContractFile? file)
    {
        file = null;
        if (!TryFindBody(root, out JsonPlace body)) return false;
        if (!root.TryMember("source", out JsonPlace source) || !TryReadText(source, "language", out string language) || !TryReadCode(source, out Hash256 hash, out byte[]? code)) return false;
        if (!root.TryMember("contract", out JsonPlace contract) || !TryReadText(contract, "name", out string name) || !TryReadText(contract, "version", out string version)) return false;
        if (!body.TryMember("types", out JsonPlace table) || !TypeTableReader.TryRead(table, out _table, out _types)) return false;
        if (!body.TryMember("spec", out JsonPlace spec)) return false;
        if (!TryReadFunctions(spec, "constructors", out List<ContractFunction> constructors) || !TryReadFunctions(spec, "messages", out List<ContractFunction> messages)) return false;
        if (!TryReadEvents(spec, out List<ContractEventShape> events)) return false;
        file = new ContractFile(name, version, language, hash, code, _types, constructors, messages, events);
        return true;
    }

    /// <summary>ink! 3 puts the description under the name of its generation, and its first editions beside a version of the file; ink! 4 and 5 beside a number.</summary>
    private static bool TryFindBody(JsonPlace root, out JsonPlace body)
    {
        body = root;
        if (root.Element.ValueKind != JsonValueKind.Object) return root.Fail(ContractFileError.WrongKind);
        foreach (string generation in Generations)
        {
            if (root.Find(generation) is not { } found) continue;
            body = found;
            return true;
        }

        if (root.Find("metadataVersion") is { } first) return (first.Element.ValueKind == JsonValueKind.String && first.Element.ToString().StartsWith("0.", StringComparison.Ordinal)) || first.Fail(ContractFileError.UnknownVersion);
        if (root.Find("version") is not { } version) return root.Fail(ContractFileError.UnknownVersion);
        bool isKnown = version.Element.ValueKind is JsonValueKind.String or JsonValueKind.Number && version.Element.ToString() is "4" or "5";
        return isKnown || version.Fail(ContractFileError.UnknownVersion);
    }

    private static bool TryReadText(JsonPlace place, string name, out string text)
    {
        text = "";
        return place.TryMember(name, out JsonPlace member) && member.TryText(out text);
    }

    private static bool TryReadCode(JsonPlace source, out Hash256 hash, out byte[]? code)
    {
        (hash, code) = (default, null);
        if (!source.TryMember("hash", out JsonPlace named) || !named.TryBytes(Hash256.Size, out byte[] bytes)) return false;
        hash = new Hash256(bytes);
        if (source.Find("wasm") is not { } wasm) return true;
        if (!wasm.TryBytes(null, out code)) return false;
        Span<byte> actual = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(code, actual);
        return hash == new Hash256(actual) || wasm.Fail(ContractFileError.CodeMismatch);
    }

    private bool TryReadFunctions(JsonPlace spec, string name, out List<ContractFunction> functions)
    {
        functions = [];
        if (!spec.TryMember(name, out JsonPlace list) || !list.TryItems(out List<JsonPlace> items)) return false;
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (JsonPlace item in items)
        {
            if (!TryReadFunction(item, name == "constructors", out ContractFunction? function)) return false;
            if (!taken.Add(function!.Label) || !taken.Add(Convert.ToHexString(function.Selector.Span))) return item.Fail(ContractFileError.Duplicate);
            functions.Add(function);
        }

        return true;
    }

    private bool TryReadFunction(JsonPlace place, bool isConstructor, out ContractFunction? function)
    {
        function = null;
        if (!TryReadLabel(place, out string label) || !place.TryMember("selector", out JsonPlace selector) || !selector.TryBytes(Worker.Interface.Contracts.InkMessage.SelectorLength, out byte[] bytes)) return false;
        if (!TryReadParameters(place, out List<ContractParameter> parameters)) return false;
        if (!place.TryFlag("mutates", out bool mutates) || !place.TryFlag("payable", out bool isPayable)) return false;
        int? returns = null;
        if (place.Find("returnType") is { } returned)
        {
            if (!TryReadType(returned, out int type)) return false;
            returns = type;
        }

        function = new ContractFunction(label, bytes, parameters, returns, mutates || isConstructor, isPayable);
        return true;
    }

    private bool TryReadParameters(JsonPlace place, out List<ContractParameter> parameters)
    {
        parameters = [];
        if (!place.TryMember("args", out JsonPlace list) || !list.TryItems(out List<JsonPlace> items)) return false;
        foreach (JsonPlace item in items)
        {
            if (!TryReadLabel(item, out string name) || !item.TryMember("type", out JsonPlace typed) || !TryReadType(typed, out int type)) return false;
            parameters.Add(new ContractParameter(name, type));
        }

        return true;
    }

    private bool TryReadType(JsonPlace place, out int type)
    {
        type = 0;
        return place.TryMember("type", out JsonPlace id) && _table.TryReadId(id, out type);
    }

    /// <summary>V1 calls labels names, and has a trait's message in parts.</summary>
    private static bool TryReadLabel(JsonPlace place, out string label)
    {
        label = "";
        if (place.Find("label") is { } labelled) return labelled.TryText(out label);
        if (!place.TryMember("name", out JsonPlace name)) return false;
        if (name.Element.ValueKind == JsonValueKind.String) return name.TryText(out label);
        if (!name.TryItems(out List<JsonPlace> parts)) return false;
        List<string> texts = new(parts.Count);
        foreach (JsonPlace part in parts)
        {
            if (!part.TryText(out string text)) return false;
            texts.Add(text);
        }

        label = string.Join("::", texts);
        return true;
    }

    private bool TryReadEvents(JsonPlace spec, out List<ContractEventShape> events)
    {
        events = [];
        if (!spec.TryItems("events", out List<JsonPlace> items)) return false;
        foreach (JsonPlace item in items)
        {
            byte[] topic = [];
            if (!TryReadLabel(item, out string label) || !TryReadParameters(item, out List<ContractParameter> fields)) return false;
            if (item.Find("signature_topic") is { } signature && !signature.TryBytes(Hash256.Size, out topic)) return false;
            events.Add(new ContractEventShape(label, fields, topic));
        }

        return true;
    }
}
