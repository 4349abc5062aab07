using Phala.Contracts.Analyzers.Model;
using Phala.Codec.Generator.Reading;

namespace Phala.Contracts.Analyzers.Metadata;

/// <summary>The table of types of ink!'s metadata: each type once, by a number.</summary>
internal sealed class TypeTable
{
    private static readonly string[] LangErrorPath = ["ink_primitives", "LangError"];

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _definitions = [];

    /// <summary>The number of nothing: the empty tuple.</summary>
    internal int Unit => Add("()", [], [], () => Definition("tuple", "[]"));

    /// <summary>The number of what a call that could not be read, or threw, returns.</summary>
    internal int LangError => Add("LangError", LangErrorPath, [], () => Definition("variant", Json.Object(("variants", Json.Array(
        [
            Variant("CouldNotReadInput", 1, [], ["The input was not read."]),
            Variant("Reverted", 2, [Field(null, Primitive("str"), "String", [])], ["The contract ended the call with a message."]),
        ])))));

    /// <summary>The number of the chain's extension, as ink! names one that it does not know.</summary>
    internal int Extension => Add("NoChainExtension", ["ink_env", "types", "NoChainExtension"], [], () => Definition("variant", "{}"));

    /// <summary>The number of a primitive.</summary>
    internal int Primitive(string name) => Add(name, [], [], () => Definition("primitive", Json.Text(name)));

    /// <summary>The number of <c>Result</c> of two types.</summary>
    internal int Result(int ok, int error) => Add(
        $"Result<{ok},{error}>",
        ["Result"],
        [("T", ok), ("E", error)],
        () => Definition("variant", Json.Object(("variants", Json.Array([Variant("Ok", 0, [Field(null, ok, null, [])], []), Variant("Err", 1, [Field(null, error, null, [])], [])])))));

    /// <summary>The number of a type.</summary>
    internal int Add(TypeModel type) => type.Shape switch
    {
        TypeShape.Primitive => Primitive(type.Rust == "String" ? "str" : type.Rust),
        TypeShape.AccountId => Bytes32("AccountId"),
        TypeShape.Hash => Bytes32("Hash"),
        TypeShape.Sequence => Add(type.Rust + type.CSharp, [], [], () => Definition("sequence", Json.Object(("type", Json.Number(Add(type.Element)))))),
        TypeShape.Tuple => Add(type.Rust + type.CSharp, [], [], () => Definition("tuple", Json.Array(type.Parts.Select(part => Json.Number(Add(part.Type)))))),
        TypeShape.Option => Option(type),
        TypeShape.Enum => Add(type.CSharp, type.Path, [], () => Definition("variant", Json.Object(("variants", Json.Array(type.Cases.Select(each => Variant(each.Name, each.Index, [], each.Docs)))))), type.Docs),
        _ => Add(type.CSharp, type.Path, [], () => Definition("composite", Json.Object(("fields", Json.Array(type.Parts.Select(Field))))), type.Docs),
    };

    /// <summary>The number of what a contract stores, as a whole.</summary>
    internal int Storage(ContractModel contract) => Add(
        "storage", [.. contract.Place.FullName.Substring("global::".Length).Split('.')], [],
        () => Definition("composite", Json.Object(("fields", Json.Array(contract.Stored.Select(stored => Field(RustNames.SnakeCase(stored.Property), Stored(stored), stored.Kind, [])))))));

    /// <summary>The number of a stored property's type: ink!'s own kinds of storage, by which clients find keys and values.</summary>
    internal int Stored(StoredModel stored) => stored.Kind switch
    {
        "Map" => Mapping(Add(stored.MapKey!), Add(stored.Content)),
        "Vector" => Vector(Add(stored.Value)),
        _ => Lazy(Add(stored.Content)),
    };

    /// <summary>The whole table.</summary>
    internal string ToJson() => Json.Array(_definitions);

    private int KeyType => Add("AutoKey", ["ink_storage_traits", "impls", "AutoKey"], [], () => Definition("composite", "{}"));

    private int Lazy(int value) => Add($"Lazy<{value}>", ["ink_storage", "lazy", "Lazy"], [("V", value), ("KeyType", KeyType)], () => Definition("composite", "{}"));

    private int Mapping(int key, int value) => Add(
        $"Mapping<{key},{value}>", ["ink_storage", "lazy", "mapping", "Mapping"], [("K", key), ("V", value), ("KeyType", KeyType)], () => Definition("composite", "{}"));

    private int Vector(int value)
    {
        int length = Lazy(Primitive("u32")), elements = Mapping(Primitive("u32"), value);
        return Add(
            $"StorageVec<{value}>",
            ["ink_storage", "lazy", "vec", "StorageVec"],
            [("V", value), ("KeyType", KeyType)],
            () => Definition("composite", Json.Object(("fields", Json.Array([Field("len", length, "Lazy", []), Field("elements", elements, "Mapping", [])])))));
    }

    private int Bytes32(string name)
    {
        int bytes = Add("[u8; 32]", [], [], () => Definition("array", Json.Object(("len", "32"), ("type", Json.Number(Primitive("u8"))))));
        return Add(name, ["ink_primitives", "types", name], [], () => Definition("composite", Json.Object(("fields", Json.Array([Field(null, bytes, "[u8; 32]", [])])))));
    }

    private int Option(TypeModel type)
    {
        int element = Add(type.Element);
        return Add(
            $"Option<{element}>",
            ["Option"],
            [("T", element)],
            () => Definition("variant", Json.Object(("variants", Json.Array([Variant("None", 0, [], []), Variant("Some", 1, [Field(null, element, null, [])], [])])))));
    }

    private string Field(PartModel part) => Field(RustNames.SnakeCase(part.Name), Add(part.Type), part.Type.Rust, part.Docs);

    private static string Field(string? name, int type, string? typeName, IEnumerable<string> docs)
    {
        List<(string, string)> members = [];
        if (docs.Any()) members.Add(("docs", Json.Texts(docs)));
        if (name is not null) members.Add(("name", Json.Text(name)));
        members.Add(("type", Json.Number(type)));
        if (typeName is not null) members.Add(("typeName", Json.Text(typeName)));
        return Json.Object([.. members]);
    }

    private static string Variant(string name, int index, IReadOnlyList<string> fields, IEnumerable<string> docs)
    {
        List<(string, string)> members = [];
        if (docs.Any()) members.Add(("docs", Json.Texts(docs)));
        if (fields.Count > 0) members.Add(("fields", Json.Array(fields)));
        members.Add(("index", Json.Number(index)));
        members.Add(("name", Json.Text(name)));
        return Json.Object([.. members]);
    }

    private static (string, string) Definition(string kind, string content) => ("def", Json.Object((kind, content)));

    /// <summary>Adds a type, unless it is there. Its number is its place, so what it is made of comes after it.</summary>
    private int Add(string key, IEnumerable<string> path, IReadOnlyList<(string Name, int Type)> parameters, Func<(string, string)> definition, IEnumerable<string>? docs = null)
    {
        if (_ids.TryGetValue(key, out int known)) return known;
        int id = _definitions.Count;
        _ids.Add(key, id);
        _definitions.Add("");
        List<(string, string)> members = [definition()];
        if (docs is not null && docs.Any()) members.Add(("docs", Json.Texts(docs)));
        if (parameters.Count > 0) members.Add(("params", Json.Array(parameters.Select(static each => Json.Object(("name", Json.Text(each.Name)), ("type", Json.Number(each.Type)))))));
        if (path.Any()) members.Add(("path", Json.Texts(path)));
        _definitions[id] = Json.Object(("id", Json.Number(id)), ("type", Json.Object([.. members])));
        return id;
    }
}
