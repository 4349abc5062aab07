using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Client.Contracts.Ink;
using Phala.Codec;
using Phala.Contracts.Metadata;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Contracts;

/// <summary>The samples' descriptions in polkadot.js and in PAPI's tools for ink!: what those encode is what our own reader encodes, and what is answered they decode.</summary>
public sealed class SampleMetadataTests
{
    private const string Alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
    private const string AliceBytes = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

    [Fact]
    public void The_auction_is_read() => Check(
        typeof(SealedBidAuction.Auction),
        [
            ("new", """["a painting", 60000]""", """{"item": "a painting", "duration": "60000n"}"""), ("bid", "[]", "{}"), ("settle", "[]", "{}"), ("withdraw", "[]", "{}"), ("offer", "[]", "{}"), ("my_bid", "[]", "{}"), ("winner", "[]", "{}"),
        ],
        [
            ("offer", "00" + "0478" + "0100000000000000", """{"ok":["x",1]}""", """{"success":true,"value":["x","1"]}"""),
            ("my_bid", "00" + "05000000000000000000000000000000", """{"ok":5}""", """{"success":true,"value":"5"}"""),
            ("winner", "00" + "00" + "01" + AliceBytes + "07000000000000000000000000000000", """{"ok":{"ok":{"bidder":"ALICE","amount":7}}}""", """{"success":true,"value":{"success":true,"value":{"bidder":"ALICE","amount":"7"}}}"""),
            ("winner", "00" + "00" + "00", """{"ok":{"ok":null}}""", """{"success":true,"value":{"success":true}}"""),
            ("bid", "00" + "01" + "00", """{"ok":{"err":"Ended"}}""", """{"success":true,"value":{"success":false,"value":{"type":"Ended"}}}"""),
        ]);

    [Fact]
    public void The_oracle_is_read() => Check(
        typeof(PriceOracle.Oracle),
        [
            ("new", "[]", "{}"), ("add_source", """["https://x.example/{symbol}", "a.b"]""", """{"url": "https://x.example/{symbol}", "path": "a.b"}"""), ("public_key", "[]", "{}"), ("price", """["PHA"]""", """{"symbol": "PHA"}"""),
        ],
        [
            ("public_key", "00" + "080102", """{"ok":"0x0102"}""", """{"success":true,"value":"0x0102"}"""),
            ("price", "00" + "00" + "09000000000000000000000000000000" + "03000000" + "047b" + "0401", """{"ok":{"ok":{"price":9,"sources":3,"statement":"0x7b","signature":"0x01"}}}""",
                """{"success":true,"value":{"success":true,"value":{"price":"9","sources":3,"statement":"0x7b","signature":"0x01"}}}"""),
        ]);

    [Fact]
    public void The_token_is_read() => Check(
        typeof(PrivateToken.Token),
        [
            ("new", "[1000]", """{"supply": "1000n"}"""), ("PSP22::balance_of", $"""["{Alice}"]""", $$"""{"owner": "{{Alice}}"}"""),
            ("PSP22::transfer", $"""["{Alice}", 5, "0x0102"]""", $$"""{"to": "{{Alice}}", "value": "5n", "data": "bytes:0102"}"""), ("show", $"""["{Alice}", true]""", $$"""{"viewer": "{{Alice}}", "is_shown": true}"""),
        ],
        [
            ("PSP22::total_supply", "00" + "e8030000000000000000000000000000", """{"ok":1000}""", """{"success":true,"value":"1000"}"""),
            ("PSP22::balance_of", "00" + "00" + "05000000000000000000000000000000", """{"ok":{"ok":5}}""", """{"success":true,"value":{"success":true,"value":"5"}}"""),
        ]);

    private static void Check(Type contract, (string Label, string Args, string Papi)[] calls, (string Label, string Data, string PolkadotJs, string Papi)[] outputs)
    {
        ContractBundle bundle = new(DescriptionReader.Find(File.ReadAllBytes(contract.Assembly.Location))!, [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
        string five = bundle.ToVersion5(withCode: true);
        Assert.Null(ContractFile.TryRead(Encoding.UTF8.GetBytes(five), out ContractFile? file));
        JsonObject request = new()
        {
            ["five"] = JsonNode.Parse(five),
            ["four"] = JsonNode.Parse(bundle.ToVersion4(withCode: true)),
            ["calls"] = new JsonArray([.. calls.Select(call => new JsonObject { ["label"] = call.Label, ["args"] = JsonNode.Parse(call.Args), ["papi"] = JsonNode.Parse(call.Papi) })]),
            ["outputs"] = new JsonArray([.. outputs.Select(output => new JsonObject { ["label"] = output.Label, ["data"] = "0x" + output.Data })]),
            ["events"] = new JsonArray(),
            ["storage"] = new JsonArray(),
        };
        using JsonDocument answer = JsonDocument.Parse(NodeJs.Run("ink-metadata.mjs", request.ToJsonString()));
        JsonElement root = answer.RootElement;
        string[] expected = [.. calls.Select(call => Encode(file!, call.Label, call.Args))];
        foreach (string client in (string[])["five", "four", "papiFive", "papiFour"]) Assert.Equal(expected, root.GetProperty(client).GetProperty("encoded").EnumerateArray().Select(each => each.GetString()!));
        foreach (string client in (string[])["five", "four"]) Assert.Equal(outputs.Select(output => Named(output.PolkadotJs)), root.GetProperty(client).GetProperty("decoded").EnumerateArray().Select(each => each.GetRawText()));
        foreach (string client in (string[])["papiFive", "papiFour"]) Assert.Equal(outputs.Select(output => Named(output.Papi)), root.GetProperty(client).GetProperty("decoded").EnumerateArray().Select(each => each.GetRawText()));

        // PAPI's types of what is stored need a value under each key: one that may be missing does not compile.
        string types = root.GetProperty("papiTypes").GetString()!;
        Assert.Contains("StorageDescriptor = {", types, StringComparison.Ordinal);
        Assert.DoesNotContain("\"value\"?:", types.Split('\n').Single(line => line.Contains("type StorageDescriptor", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static string Named(string json) => json.Replace("ALICE", Alice, StringComparison.Ordinal);

    private static string Encode(ContractFile file, string label, string args)
    {
        ContractFunction function = ContractFile.Find([.. file.Messages, .. file.Constructors], label)!;
        string[] words = [.. JsonNode.Parse(args)!.AsArray().Select(each => each!.GetValueKind() == JsonValueKind.String ? each.GetValue<string>() : each.ToJsonString())];
        Assert.Null(file.TryEncode(function, words, out byte[] input));
        return Hex.Format(input);
    }
}
