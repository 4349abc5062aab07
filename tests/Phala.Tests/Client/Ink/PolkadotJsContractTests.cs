using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Client.Contracts.Ink;
using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Testing;
using Phala.Testing.Chain.Clusters;
using Phala.Testing.Wasm;
using Phala.Tests.Cli;
using Phala.Tests.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Client.Ink;

/// <summary>What a cluster answers about a contract, as the published client of ink! contracts reads it.</summary>
public sealed class PolkadotJsContractTests
{
    private const ulong Gas = 100_000_000_000;
    private static readonly AccountId Alice = ClusterWorld.Account("alice");
    private static readonly X25519KeyPair Reply = X25519KeyPair.Derive(ClusterWorld.Bytes("reply"));

    private readonly ContractFile _file;
    private readonly ClusterWorld _world;
    private readonly Hash256 _counter;

    public PolkadotJsContractTests()
    {
        if (!Wat.IsThere && Environment.GetEnvironmentVariable("CI") != "true") Assert.Skip("wat2wasm is not installed (Debian's package wabt).");
        Assert.Null(ContractFile.TryRead(CounterContract.File(), out ContractFile? file));
        _file = file!;
        _counter = ContractId.Of(ClusterWorld.Owner, _file.CodeHash, ClusterWorld.Id, []);
        _world = new ClusterWorld(gasPrice: 1, perItem: 10, perByte: 1).Begin();
        _world.Apply(
            ClusterWorld.Operation(new ClusterOperation.UploadResource(Alice, ClusterWorld.Id, ResourceType.InkCode, Vec.Create(_file.Code!.Value.Span))),
            ClusterWorld.Deposit(Alice, 1_000_000_000_000), ClusterWorld.Deposit(ClusterWorld.Owner, 1_000_000_000_000));
        _world.Apply(ClusterWorld.Instantiate(ClusterWorld.Owner, _file.CodeHash, [], Constructor("5"), Gas));
    }

    [Fact]
    public void It_encodes_calls_as_we_do_and_decodes_what_queries_estimates_and_commands_give()
    {
        byte[] got = Ask(new InkQueryData.InkMessage(Vec.Create<byte>(Message("get")), 0, 0, false)), estimated = Ask(new InkQueryData.InkMessage(Vec.Create<byte>(Message("add", "7")), 0, 0, true));
        byte[] refused = Ask(new InkQueryData.InkMessage(Vec.Create<byte>(Message("add", "1000")), 0, 0, true)), unknown = Ask(new InkQueryData.InkMessage([1, 1, 1, 1], 0, 0, false));
        byte[] made = Ask(new InkQueryData.InkInstantiate(_file.CodeHash, [9], Vec.Create<byte>(Constructor("6")), 0, 0)), unmade = Ask(new InkQueryData.InkInstantiate(default, [9], default, 0, 0));
        byte[] added = Run("add", "7");
        JsonObject input = new()
        {
            ["file"] = JsonNode.Parse(CounterContract.File()),
            ["calls"] = new JsonArray(Call("constructor", "new", 5), Call("message", "get"), Call("message", "Counter::add", 7)),
            ["queries"] = new JsonArray(Data(Call("message", "get"), got), Data(Call("message", "Counter::add"), estimated), Data(Call("message", "Counter::add"), refused), Data(Call("message", "get"), unknown)),
            ["deployments"] = new JsonArray(Data(Call("constructor", "new"), made), Data(Call("constructor", "new"), unmade)),
            ["outputs"] = new JsonArray(Data(Call("message", "Counter::add"), added)),
        };
        JsonElement seen = JsonDocument.Parse(NodeJs.Run("contract.mjs", input.ToJsonString())).RootElement;
        Assert.Equal(0, seen.GetProperty("warnings").GetArrayLength());
        foreach (string version in (string[])["current", "ten"]) Check(seen.GetProperty(version));
    }

    private void Check(JsonElement seen)
    {
        Assert.Equal([Hex.Format(Constructor("5")), Hex.Format(Message("get")), Hex.Format(Message("add", "7"))], seen.GetProperty("calls").EnumerateArray().Select(call => call.GetString()));
        Assert.Equal(["get false false", "counter::add true false"], seen.GetProperty("messages").EnumerateArray().Select(message => message.GetString()));
        Assert.Equal(_file.CodeHash.ToString(), seen.GetProperty("hash").GetString());
        JsonElement queries = seen.GetProperty("queries"), deployments = seen.GetProperty("deployments");
        Assert.Equal("""{"ok":5}""", queries[0].GetProperty("output").GetRawText());
        Assert.Equal("""{"ok":{"ok":12}}""", queries[1].GetProperty("output").GetRawText());
        Assert.Equal(("""{"ok":{"err":"TooMuch"}}""", """["Revert"]"""), (queries[2].GetProperty("output").GetRawText(), queries[2].GetProperty("flags").GetRawText()));
        Assert.False(queries[3].GetProperty("isOk").GetBoolean());
        Assert.True(ulong.Parse(queries[1].GetProperty("gas")[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Equal("""{"ok":{"ok":null}}""", deployments[0].GetProperty("output").GetRawText());
        Assert.Equal(ContractId.Of(Alice, _file.CodeHash, ClusterWorld.Id, [9]).ToString(), deployments[0].GetProperty("account").GetString());
        Assert.True(deployments[0].GetProperty("deposit").TryGetProperty("Charge", out _));
        Assert.False(deployments[1].GetProperty("isOk").GetBoolean());
        Assert.Equal("""{"ok":{"ok":12}}""", seen.GetProperty("outputs")[0].GetRawText());
    }

    private byte[] Ask(InkQueryData data) => Assert.IsType<QueryOutcome.Returned>(_world.View().Ask(_counter, data, Alice, Gas).Outcome).Data.ToArray();

    /// <summary>A command's output, out of its receipt.</summary>
    private byte[] Run(string message, params string[] arguments)
    {
        Receipt receipt = Assert.Single(_world.Apply(_world.Sealed(Alice, _counter, Message(message, arguments), Reply, Gas)).Report!.Receipts.ToArray());
        Assert.Equal(EnvelopeError.None, ReceiptEnvelope.TryOpen(ReceiptContext.Of(ClusterWorld.Genesis, ClusterWorld.Id, receipt), Reply, receipt, out SealedOutcome? opened));
        Outcome outcome = Assert.IsType<SealedOutcome.Whole>(opened).Outcome;
        Assert.Equal(OutcomeStatus.Succeeded, outcome.Status);
        return outcome.Output.ToArray();
    }

    private byte[] Constructor(params string[] arguments) => Encode(_file.Constructors, "new", arguments);

    private byte[] Message(string name, params string[] arguments) => Encode(_file.Messages, name, arguments);

    private byte[] Encode(IReadOnlyList<ContractFunction> functions, string name, string[] arguments)
    {
        Assert.Null(_file.TryEncode(ContractFile.Find(functions, name)!, arguments, out byte[] input));
        return input;
    }

    private static JsonObject Call(string kind, string name, params int[] arguments) => new() { ["kind"] = kind, ["name"] = name, ["args"] = new JsonArray([.. arguments.Select(argument => JsonValue.Create(argument))]) };

    private static JsonObject Data(JsonObject call, byte[] data) => new() { ["call"] = call, ["data"] = Hex.Format(data) };
}
