using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Client.Contracts.Ink;
using Phala.Codec;
using Phala.Contracts.Metadata;
using Phala.Contracts.Testing;
using Phala.Crypto.Hashing;
using Phala.Crypto.Keys;
using Phala.Testing;
using Phala.Testing.Contracts;
using Xunit;

namespace Phala.Tests.Contracts;

/// <summary>The descriptions of contracts, as published clients and our own reader read them.</summary>
public sealed class MetadataTests
{
    private static readonly byte[] Code = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

    private static readonly Lazy<ContractBundle> Bundle = new(() => new ContractBundle(DescriptionReader.Find(File.ReadAllBytes(typeof(Shapes).Assembly.Location))!, Code));

    [Fact]
    public void Our_reader_reads_both_layouts()
    {
        foreach (string json in (string[])[Bundle.Value.ToVersion5(withCode: true), Bundle.Value.ToVersion4(withCode: true)])
        {
            Assert.Null(ContractFile.TryRead(System.Text.Encoding.UTF8.GetBytes(json), out ContractFile? file));
            Assert.Equal(("shapes", "C# 14.0.0", Code.Length), (file!.Name, file.Language, file.Code!.Value.Length));
            Assert.Equal(["new(total: u32) -> Result<Result<(), ShapesError>, LangError>", "with_tokens() -> Result<Result<(), ShapesError>, LangError>"], file.Constructors.Select(file.Signature));
            string[] messages = [.. file.Messages.Select(file.Signature)];
            Assert.Contains("Counter::add(amount: u32) -> Result<Result<u32, ShapesError>, LangError>", messages);
            Assert.Contains("Counter::count() -> Result<u32, LangError>", messages);
            Assert.Contains("put(name: str, note: Note) -> Result<(), LangError>", messages);
            Assert.Contains("next(color: Option<Color>) -> Result<Option<Color>, LangError>", messages);
            Assert.Contains("price(url: str) -> Result<Result<u128, ShapesError>, LangError>", messages);
            Assert.Equal((true, false, true), (file.Messages.Single(each => each.Label == "pay").IsPayable, file.Messages.Single(each => each.Label == "put").IsPayable, file.Messages.Single(each => each.Label == "put").Mutates));
            Assert.False(file.Messages.Single(each => each.Label == "find").Mutates);
        }
    }

    [Fact]
    public void Our_reader_encodes_and_decodes_through_it()
    {
        Assert.Null(ContractFile.TryRead(System.Text.Encoding.UTF8.GetBytes(Bundle.Value.ToVersion5(withCode: false)), out ContractFile? file));
        ContractFunction put = ContractFile.Find(file!.Messages, "put")!;
        Assert.Null(file.TryEncode(put, ["n", """{"title": "t", "text": null, "tags": ["a"], "at": {"x": -1, "y": 2}}"""], out byte[] input));
        Assert.Equal("0x0506e6f7046e0474000404610" + "1ffffffff0200000000000000", Hex.Format(input));
        ContractFunction add = ContractFile.Find(file.Messages, "add")!;
        Assert.Null(file.TryDecodeOutput(add, [0, 0, 7, 0, 0, 0], out JsonNode? value));
        Assert.Equal("""{"Ok":[7]}""", value!.ToJsonString());
        Assert.Null(file.TryDecodeOutput(add, [0, 1, 5], out value));
        Assert.Equal("""{"Err":["TooLarge"]}""", value!.ToJsonString().Replace("""[{"TooLarge":[]}]""", "[\"TooLarge\"]", StringComparison.Ordinal));
        Assert.Null(file.TryDecodeOutput(add, [1, 2, 8, (byte)'n', (byte)'o'], out value));
        Assert.Equal("""{"Err":[{"Reverted":["no"]}]}""", value!.ToJsonString());
        Assert.Equal("Stored", Assert.Single(file.Events).Label);
    }

    /// <summary>What clients encode the generated code reads, and what it writes they decode: the call of a test cluster is the same bytes.</summary>
    [Fact]
    public void Published_clients_speak_with_the_contract()
    {
        TestCluster net = new();
        Deployed<Shapes> shapes = net.Deploy(() => new Shapes(5));
        Note note = new("t", null, ["a"], new Point(-1, 2));
        shapes.Send(each => each.Put("n", note));
        shapes.Send(each => each.Push(new[] { new Point(1, 2) }, "x"));
        EmittedEvent emitted = Assert.Single(net.Events);
        JsonObject request = new()
        {
            ["five"] = JsonNode.Parse(Bundle.Value.ToVersion5(withCode: true)),
            ["four"] = JsonNode.Parse(Bundle.Value.ToVersion4(withCode: true)),
            ["calls"] = JsonNode.Parse("""
                [
                  {"label": "new", "args": [5], "papi": {"total": 5}},
                  {"label": "Counter::add", "args": [7], "papi": {"amount": 7}},
                  {"label": "put", "args": ["n", {"title": "t", "text": null, "tags": ["a"], "at": {"x": -1, "y": 2}}], "papi": {"name": "n", "note": {"title": "t", "tags": ["a"], "at": {"x": -1, "y": "2n"}}}},
                  {"label": "next", "args": ["Blue"], "papi": {"color": {"type": "Blue"}}}
                ]
                """),
            ["outputs"] = JsonNode.Parse("""
                [
                  {"label": "Counter::add", "data": "0x000007000000"},
                  {"label": "Counter::add", "data": "0x000105"},
                  {"label": "throw", "data": "0x0102086e6f"},
                  {"label": "throw", "data": "0x0101"},
                  {"label": "next", "data": "0x000107"},
                  {"label": "find", "data": "0x0001047400040461010100000002000000000000" }
                ]
                """),
            ["events"] = new JsonArray(new JsonObject { ["topics"] = new JsonArray([.. emitted.Topics.Select(topic => (JsonNode)topic.ToString())]), ["data"] = Hex.Format(emitted.Data.Span) }),
            ["storage"] = JsonNode.Parse("""[{"path": "total", "key": null, "value": "0x05000000"}, {"path": "notes", "key": "n", "value": "0x00000000"}, {"path": "points", "key": 0, "value": "0x010000000200000000000000"}, {"path": "points.len", "key": null, "value": "0x01000000"}]"""),
        };
        request["outputs"]![5]!["data"] = "0x00010474000404610101000000" + "0200000000000000";
        using JsonDocument answer = JsonDocument.Parse(NodeJs.Run("ink-metadata.mjs", request.ToJsonString()));
        JsonElement root = answer.RootElement;
        string[] calls = ["0x9bae9d5e05000000", "0x" + SelectorOf("Counter::add") + "07000000", "0x0506e6f7046e04740004046101ffffffff0200000000000000", "0x" + SelectorOf("next") + "0107"];
        foreach (string client in (string[])["five", "four", "papiFive", "papiFour"]) Assert.Equal(calls, root.GetProperty(client).GetProperty("encoded").EnumerateArray().Select(each => each.GetString()));
        foreach (string client in (string[])["five", "four"])
        {
            string[] decoded = [.. root.GetProperty(client).GetProperty("decoded").EnumerateArray().Select(each => each.GetRawText())];
            Assert.Equal(
                [
                    """{"ok":{"ok":7}}""", """{"ok":{"err":"TooLarge"}}""", """{"err":{"reverted":"no"}}""", """{"err":{"couldNotReadInput":null}}""", """{"ok":"Blue"}""",
                    """{"ok":{"title":"t","text":null,"tags":["a"],"at":{"x":1,"y":2}}}""",
                ],
                decoded);
        }

        string[] papi = [.. root.GetProperty("papiFive").GetProperty("decoded").EnumerateArray().Select(each => each.GetRawText())];
        Assert.Equal("""{"success":true,"value":{"success":true,"value":7}}""", papi[0]);
        Assert.Equal("""{"success":false,"value":{"type":"Reverted","value":"no"}}""", papi[2]);
        Assert.Equal($$$"""[["{{{Ss58Of(net.Alice)}}}","n",{"title":"t","text":null,"tags":["a"],"at":{"x":-1,"y":2}}]]""", root.GetProperty("five").GetProperty("events").GetRawText());
        Assert.Equal("\"Stored\"", root.GetProperty("papiEvents")[0].GetProperty("type").GetRawText());

        string[] keys = [.. root.GetProperty("papiStorage").EnumerateArray().Select(each => each.GetProperty("key").GetString()![2..])];
        Assert.All(keys, key => Assert.Contains(shapes.Storage, entry => entry.Key == key));
        Assert.Equal("5", root.GetProperty("papiStorage")[0].GetProperty("value").GetRawText());
    }

    [Fact]
    public void Assemblies_without_a_contract_have_no_description() => Assert.Null(DescriptionReader.Find(File.ReadAllBytes(typeof(TestCluster).Assembly.Location)));

    private static string SelectorOf(string label)
    {
        Span<byte> hash = stackalloc byte[32];
        Blake2b.Hash256(System.Text.Encoding.UTF8.GetBytes(label), hash);
        return Convert.ToHexStringLower(hash[..4]);
    }

    private static string Ss58Of(Phala.Contracts.AccountId account) => Ss58.Encode(account.ToArray(), Ss58.GenericPrefix);
}
