using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Apis;
using Phala.Runtime.Interface.Metadata;
using Phala.Runtime.Interface.Transactions;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Runtime.Metadata;

/// <summary>@polkadot/types 16 and 10 and polkadot-api read the chain through its metadata, and read what was meant.</summary>
public sealed class ClientTests
{
    private static readonly ConcurrentDictionary<(string Client, bool IsLong), JsonElement> Answers = [];

    public static TheoryData<string, string> Clients => new()
    {
        { "polkadot16", "14" }, { "polkadot16", "15" }, { "polkadot16", "16" },
        { "polkadot10", "14" }, { "polkadot10", "15" },
        { "papi", "14" }, { "papi", "15" }, { "papi", "16" },
    };

    public static TheoryData<string, string> PolkadotClients => new(Clients.Where(row => row.Data.Item1 != "papi").Select(row => row.Data).ToArray());

    [Theory]
    [InlineData("polkadot16")]
    [InlineData("polkadot10")]
    [InlineData("papi")]
    public void NoClientWarns(string client) =>
        Assert.Empty(new[] { false, true }.SelectMany(isLong => Answers.GetOrAdd((client, isLong), Ask).GetProperty("warnings").EnumerateArray()).Select(warning => warning.GetString()));

    [Theory]
    [MemberData(nameof(Clients))]
    public void MetadataIsReadAndEncodedAgainToTheSameBytes(string client, string version)
    {
        JsonElement answer = Answer(client, version);
        Assert.Equal(Hex.Format(RuntimeMetadata.Encode(uint.Parse(version, System.Globalization.CultureInfo.InvariantCulture), ClientSample.Spec)), answer.GetProperty("again").GetString());
        Assert.Equal(ExtensionShape.All.Select(extension => extension.Identifier), answer.GetProperty("extensions").EnumerateArray().Select(item => item.GetString()));
        IEnumerable<string> apis = RuntimeApis.All.Select(api => $"{api.Name} {api.Methods.Count}");
        Assert.Equal(version == "14" ? [] : apis, answer.GetProperty("apis").EnumerateArray().Select(item => item.GetString()!));
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public void StorageKeysAndValuesAreThoseOfOurTypes(string client, string version)
    {
        JsonElement[] entries = [.. Answer(client, version).GetProperty("storage").EnumerateArray()];
        byte[][] keys =
        [
            FrameSystem.Account.Key(ClientSample.Alice), FrameSystem.Number.Prefix.ToArray(), FrameSystem.BlockHash.Key(5), FrameSystem.LastRuntimeUpgrade.Prefix.ToArray(),
            Grandpa.Authorities.Prefix.ToArray(), Upgrade.Pending.Prefix.ToArray(), FrameSystem.Digest.Prefix.ToArray(),
        ];
        string[] values = [.. ClientSample.Input(false)["storage"]!.AsArray().Select(entry => entry!["value"]!.GetValue<string>())];
        Assert.Equal(keys.Length, entries.Length);
        for (int at = 0; at < keys.Length; at++)
        {
            // polkadot-js puts the length of a key in front of it.
            Assert.EndsWith(Hex.Format(keys[at])[2..], entries[at].GetProperty("key").GetString(), StringComparison.Ordinal);
            Assert.Equal(values[at], entries[at].GetProperty("again").GetString());
        }

        JsonElement account = entries[0].GetProperty("human");
        Assert.Equal(7, account.GetProperty("nonce").GetInt32());
        Assert.Contains("5000000000000", account.GetProperty("data").GetProperty("free").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public void EventsAreNamedAndEncodedAgain(string client, string version)
    {
        JsonElement events = Answer(client, version).GetProperty("events");

        // PAPI reads a pallet's error as the variant that it is, and writes that without the bytes behind it.
        if (client == "papi") Assert.Contains("""{"type":"Sudo","value":{"type":"RequireSudo"}}""", events.GetRawText(), StringComparison.Ordinal);
        else Assert.Equal(ClientSample.Input(false)["events"]!.GetValue<string>(), events.GetProperty("again").GetString());
        string[] names = ["system.NewAccount", "balances.Transfer", "sudo.Sudid", "utility.BatchInterrupted", "transactionPayment.TransactionFeePaid", "system.ExtrinsicFailed", "system.ExtrinsicSuccess"];
        Assert.Equal(names, events.GetProperty("names").EnumerateArray().Select(item => item.GetString()!.Split(' ')[^1]));
    }

    [Theory]
    [MemberData(nameof(PolkadotClients))]
    public void ASignedExtrinsicIsReadAndWhatItsSignatureCoversIsTheSame(string client, string version)
    {
        foreach (bool isLong in new[] { false, true })
        {
            JsonElement answer = Answer(client, version, isLong), extrinsic = answer.GetProperty("extrinsic");
            OpaqueExtrinsic expected = ClientSample.Extrinsic(ClientSample.Call(isLong), out byte[] signature);
            Assert.Equal(Hex.Format(Scale.Encode(expected)), extrinsic.GetProperty("again").GetString());
            Assert.Equal(expected.Hash().ToString(), extrinsic.GetProperty("hash").GetString());
            Assert.Equal(Ss58.Encode(ClientSample.Alice.AsSpan(), FrameSystem.Ss58Prefix), extrinsic.GetProperty("signer").GetString());
            Assert.Equal((300, "77"), (extrinsic.GetProperty("nonce").GetInt32(), extrinsic.GetProperty("tip").GetString()));
            Assert.Equal("64", extrinsic.GetProperty("era").GetProperty("MortalEra").GetProperty("period").GetString());
            Assert.Equal(isLong ? "batchAll" : "transferKeepAlive", extrinsic.GetProperty("method").GetProperty("method").GetString());
            Assert.True(Hex.TryParse(answer.GetProperty("signed").GetString(), out byte[] signed));
            Assert.Equal(isLong, signed.Length == 32);
            Assert.Equal(MultiSignatureError.None, new MultiSignature(SignatureScheme.Sr25519, signature).Verify(signed, ClientSample.Alice));
        }
    }

    [Theory]
    [MemberData(nameof(PolkadotClients))]
    public void DocsErrorsAndConstantsAreShown(string client, string version)
    {
        JsonElement answer = Answer(client, version), constants = answer.GetProperty("constants");
        Assert.Equal("session.BadValidators: There are no validators, too many, one twice or one without keys.", answer.GetProperty("error").GetString());
        Assert.Equal("Sends tokens, unless the sender's account would end.", answer.GetProperty("callDocs")[0].GetString());
        Assert.Equal("Hashes of the last 4096 blocks and the genesis.", answer.GetProperty("storage")[2].GetProperty("docs")[0].GetString());
        Assert.Equal((int)ClientSample.Spec, constants.GetProperty("System.Version").GetProperty("specVersion").GetInt32());
        Assert.Equal(9, constants.GetProperty("System.Version").GetProperty("apis").GetArrayLength());
        Assert.Equal(30, constants.GetProperty("System.SS58Prefix").GetInt32());
        Assert.Equal(10_000_000_000, constants.GetProperty("Balances.ExistentialDeposit").GetInt64());
        Assert.Equal(1_000_000_000_000, constants.GetProperty("System.BlockWeights").GetProperty("maxBlock").GetProperty("refTime").GetInt64());
    }

    [Theory]
    [InlineData("14")]
    [InlineData("15")]
    [InlineData("16")]
    public void PapiBuildsEveryCodecAndReadsCallsAndAnswers(string version)
    {
        JsonElement answer = Answer("papi", version);
        Assert.True(answer.GetProperty("built").GetInt32() > 90, $"only {answer.GetProperty("built")} codecs");
        Assert.Equal(30, answer.GetProperty("ss58Prefix").GetInt32());
        Assert.Equal("""["phala-node",1000,1]""", answer.GetProperty("version").GetRawText());
        JsonElement call = answer.GetProperty("call");
        Assert.Equal("[4,3]", call.GetProperty("location").GetRawText());
        Assert.Equal("3000000000000", call.GetProperty("arguments").GetProperty("value").GetString());
        Assert.Equal(Ss58.Encode(ClientSample.Bob.AsSpan(), FrameSystem.Ss58Prefix), call.GetProperty("arguments").GetProperty("dest").GetProperty("value").GetString());
        string[] expected = version == "14" ? [] : [.. ClientSample.Input(false)["answers"]!.AsArray().Select(item => item![2]!.GetValue<string>())];
        Assert.Equal(expected, answer.GetProperty("answers").EnumerateArray().Select(item => item.GetProperty("again").GetString()));
        if (version != "14") Assert.Equal("12345", answer.GetProperty("answers")[0].GetProperty("human").GetProperty("partial_fee").GetString());
    }

    private static JsonElement Answer(string client, string version, bool isLong = false) => Answers.GetOrAdd((client, isLong), Ask).GetProperty(version);

    private static JsonElement Ask((string Client, bool IsLong) question)
    {
        JsonObject input = ClientSample.Input(question.IsLong);
        input["client"] = question.Client;
        if (question.Client == "polkadot10") input["metadata"]!.AsObject().Remove("16"); // It came before that version.
        return JsonDocument.Parse(NodeJs.Run("metadata.mjs", input.ToJsonString())).RootElement;
    }
}
