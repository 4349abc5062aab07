using System.Globalization;
using Phala.Codec.Generator.Emission;
using Phala.Codec.Generator.Reading;
using Phala.Contracts.Analyzers.Emission;
using Phala.Contracts.Analyzers.Model;

namespace Phala.Contracts.Analyzers.Metadata;

/// <summary>Writes a contract's description, version 5 of ink!'s metadata without <c>source</c>, into an attribute of the assembly: whoever has the compiled code adds the rest.</summary>
internal sealed class MetadataEmitter
{
    internal const string HintName = "Metadata.g.cs";

    private readonly TypeTable _types = new();
    private readonly ContractModel _contract;

    private MetadataEmitter(ContractModel contract) => _contract = contract;

    internal static string Emit(ContractModel contract, IReadOnlyList<EventModel> events)
    {
        CodeWriter code = FileStart.New();
        string json = new MetadataEmitter(contract).Whole(events);
        code.Line($"[assembly: {KnownNames.GlobalHosting}.ContractMetadata(typeof({contract.Place.FullName}), @\"{json.Replace("\"", "\"\"")}\")]");
        return code.ToString();
    }

    private string Whole(IReadOnlyList<EventModel> events)
    {
        string spec = Spec(events), storage = Storage();
        return Json.Object(
            ("contract", Json.Object(("name", Json.Text(RustNames.SnakeCase(_contract.Place.Name))), ("version", Json.Text(_contract.Version)), ("authors", Json.Texts(["[unknown]"])))),
            ("spec", spec),
            ("storage", storage),
            ("types", _types.ToJson()),
            ("version", "5"));
    }

    private string Spec(IReadOnlyList<EventModel> events) => Json.Object(
        ("constructors", Json.Array(_contract.Constructors.Select(Message))),
        ("docs", Json.Texts(_contract.Docs)),
        ("environment", Environment()),
        ("events", Json.Array(events.Select(Event))),
        ("lang_error", Type(["ink", "LangError"], _types.LangError)),
        ("messages", Json.Array(_contract.Messages.Select(Message))));

    private string Environment() => Json.Object(
        ("accountId", Type(["AccountId"], _types.Add(Plain(TypeShape.AccountId, "AccountId")))),
        ("balance", Type(["Balance"], _types.Primitive("u128"))),
        ("blockNumber", Type(["BlockNumber"], _types.Primitive("u32"))),
        ("chainExtension", Type(["ChainExtension"], _types.Extension)),
        ("hash", Type(["Hash"], _types.Add(Plain(TypeShape.Hash, "Hash")))),
        ("maxEventTopics", "4"),
        ("staticBufferSize", "16384"),
        ("timestamp", Type(["Timestamp"], _types.Primitive("u64"))));

    private string Message(MessageModel message)
    {
        List<(string, string)> members =
        [
            ("args", Json.Array(message.Parameters.Select(parameter => Json.Object(("label", Json.Text(RustNames.SnakeCase(parameter.Name))), ("type", Type(parameter.Type)))))),
            ("default", "false"),
            ("docs", Json.Texts(message.Docs)),
            ("label", Json.Text(message.Label)),
        ];
        bool isConstructor = message.Kind == MessageKind.Constructor;
        if (!isConstructor) members.Add(("mutates", Json.Flag(message.Kind == MessageKind.Command)));
        members.Add(("payable", Json.Flag(message.Payable)));
        members.Add(("returnType", Type(isConstructor ? ["ink_primitives", "ConstructorResult"] : ["ink", "MessageResult"], Returned(message))));
        members.Add(("selector", Json.Hex(message.Selector)));
        return Json.Object([.. members]);
    }

    /// <summary><c>Result&lt;T, LangError&gt;</c>, with <c>Result&lt;T, E&gt;</c> inside where the message fails.</summary>
    private int Returned(MessageModel message)
    {
        int value = message.Returns is { } type ? _types.Add(type) : _types.Unit;
        if (message.Fails && _contract.Error is { } error) value = _types.Result(value, _types.Add(error));
        return _types.Result(value, _types.LangError);
    }

    private string Event(EventModel each) => Json.Object(
        ("args", Json.Array(each.Fields.Select(field => Json.Object(
            ("docs", Json.Texts(field.Docs)), ("indexed", Json.Flag(field.IsTopic)), ("label", Json.Text(RustNames.SnakeCase(field.Name))), ("type", Type(field.Type)))))),
        ("docs", Json.Texts(each.Docs)),
        ("label", Json.Text(each.Place.Name)),
        ("module_path", Json.Text(each.Place.Namespace.Replace(".", "::"))),
        ("signature_topic", Json.Text("0x" + string.Concat(Blake2b.Hash(each.Signature).Select(static part => part.ToString("x2", CultureInfo.InvariantCulture))))));

    private string Storage()
    {
        int whole = _types.Storage(_contract);
        IEnumerable<string> fields = _contract.Stored.Select(stored => Json.Object(
            ("layout", Root(stored.Key, _types.Stored(stored), Json.Object(("leaf", Json.Object(("key", Key(stored.Key)), ("ty", Json.Number(_types.Add(stored.Content)))))))),
            ("name", Json.Text(RustNames.SnakeCase(stored.Property)))));
        return Root(0, whole, Json.Object(("struct", Json.Object(("fields", Json.Array(fields)), ("name", Json.Text(_contract.Place.Name))))));
    }

    private static string Root(uint key, int type, string layout) => Json.Object(("root", Json.Object(("layout", layout), ("root_key", Key(key)), ("ty", Json.Number(type)))));

    /// <summary>A key as it is stored, the least significant byte first.</summary>
    private static string Key(uint key) => Json.Hex((key << 24) | ((key & 0xff00) << 8) | ((key >> 8) & 0xff00) | (key >> 24));

    private string Type(TypeModel type) => Type(type.Shape == TypeShape.Tuple || type.Rust.IndexOf('<') >= 0 ? [type.Rust.Split('<')[0]] : [type.Rust], _types.Add(type));

    private static string Type(IEnumerable<string> name, int id) => Json.Object(("displayName", Json.Texts(name.Where(static part => part.Length > 0 && part[0] != '('))), ("type", Json.Number(id)));

    private static TypeModel Plain(TypeShape shape, string rust) => TypeModel.Plain(shape, rust, rust, 32, 32);
}
