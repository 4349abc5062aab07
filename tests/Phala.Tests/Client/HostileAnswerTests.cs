using System.Text.Json;
using Phala.Client;
using Phala.Client.Storage;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Storage;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>Typed answers out of JSON that is none: every one fails as a value with the right error.</summary>
public sealed class HostileAnswerTests
{
    private const string Zeros = "0x0000000000000000000000000000000000000000000000000000000000000000";
    private const string GoodHeader = $$"""{"parentHash":"{{Zeros}}","number":"0x1f","stateRoot":"{{Zeros}}","extrinsicsRoot":"{{Zeros}}","digest":{"logs":["0x08"]} }""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatIsNoHashHeaderOrBlockIsNone()
    {
        await NoneIsTaken(client => client.Blocks.HashAsync(5, Stop), "1", "{}", "\"0x12\"", "\"12\"", "[]", $"\"{Zeros}00\"");
        await NoneIsTaken(client => client.Blocks.HeaderAsync(null, Stop), [.. Mutations(GoodHeader, "parentHash", "number", "stateRoot", "extrinsicsRoot", "digest"), "[]", GoodHeader.Replace("\"0x08\"", "\"0x99\"", StringComparison.Ordinal), GoodHeader.Replace("0x1f", "0x1ffffffff", StringComparison.Ordinal)]);
        string block = $$"""{"block":{"header":{{GoodHeader}},"extrinsics":["0x0404"]},"justifications":null}""";
        await NoneIsTaken(client => client.Blocks.BlockAsync(default, Stop), [.. Mutations(block, "block", "header", "extrinsics"), block.Replace("0x0404", "0x0804", StringComparison.Ordinal), block.Replace("0x0404", "0x040", StringComparison.Ordinal)]);
        await WithAsync(block, async client => Assert.Equal(31u, (await client.Blocks.BlockAsync(default, Stop)).Require().Header.Number));
        await WithAsync("null", async client =>
        {
            Assert.Equal(ClientError.Missing, (await client.Blocks.HeaderAsync(null, Stop)).Failure!.Error);
            Assert.Equal(ClientError.Missing, (await client.Blocks.BlockAsync(default, Stop)).Failure!.Error);
            Assert.Equal(ClientError.Missing, (await client.Blocks.FinalizedAsync(Stop)).Failure!.Error);
        });
    }

    [Fact]
    public async Task WhatIsNoValueIsNone()
    {
        await NoneIsTaken(client => client.Storage.GetAsync(FrameSystem.Number, null, Stop), "1", "{}", "\"x\"", "\"0x1\"");
        await WithAsync("\"0x010203\"", async client => Assert.Equal(ClientError.Undecodable, (await client.Storage.GetAsync(FrameSystem.Number, null, Stop)).Failure!.Error));
        await WithAsync("\"0x0102030405\"", async client => Assert.Equal(ClientError.Undecodable, (await client.Storage.GetAsync(FrameSystem.Number, null, Stop)).Failure!.Error));
        await WithAsync("null", async client =>
        {
            Assert.Equal(0u, (await client.Storage.GetAsync(FrameSystem.Number, null, Stop)).Require());
            Assert.Equal(ClientError.Missing, (await client.Storage.GetAsync(FrameSystem.ExtrinsicCount, null, Stop)).Failure!.Error);
        });
        await NoneIsTaken(client => client.VersionAsync(null, Stop), "null", "{}", """{"specName":1,"specVersion":1,"transactionVersion":1}""", """{"specName":"a","specVersion":-1,"transactionVersion":1}""");
        await NoneIsTaken(client => client.Transactions.NonceAsync(default, Stop), "null", "-1", "\"1\"", "4294967296");
        await NoneIsTaken(client => client.Transactions.SubmitAsync(default, Stop), "null", "1");
        await WithAsync("\"0x00\"", async client => Assert.Equal(ClientError.Undecodable, (await client.Transactions.FeeAsync(default, null, Stop)).Failure!.Error));
    }

    [Fact]
    public async Task KeysThatAreNotTheMapsOrDoNotAscendEndTheReading()
    {
        byte[] first = FrameSystem.BlockHash.Key(1), second = FrameSystem.BlockHash.Key(2);
        if (first.AsSpan().SequenceCompareTo(second) > 0) (first, second) = (second, first);
        string low = Hex.Format(first), high = Hex.Format(second), foreign = Hex.Format([.. Balances.TotalIssuance.Prefix, .. first.AsSpan(StorageItem.PrefixLength)]);
        string value = $"\"{Zeros}\"", good = Changes((low, value), (high, value));
        (string Keys, string Values, ClientError Expected)[] cases =
        [
            (List(high, low), good, ClientError.UnexpectedAnswer),
            (List(low, low), good, ClientError.UnexpectedAnswer),
            (List(foreign), Changes((foreign, value)), ClientError.UnexpectedAnswer),
            ("{}", good, ClientError.UnexpectedAnswer),
            ("[1]", good, ClientError.UnexpectedAnswer),
            (List(low, high), "[]", ClientError.UnexpectedAnswer),
            (List(low, high), """[{"block":"0x00"}]""", ClientError.UnexpectedAnswer),
            (List(low, high), Changes((high, value), (low, value)), ClientError.UnexpectedAnswer),
            (List(low, high), Changes((low, value)), ClientError.UnexpectedAnswer),
            (List(low, high), Changes((low, value), (high, "null")), ClientError.UnexpectedAnswer),
            (List(low, high), Changes((low, value), (high, "\"0x00\"")), ClientError.Undecodable),
            (List(low[..^2], high), Changes((low[..^2], value), (high, value)), ClientError.Undecodable),
            (List(low[..70], high), Changes((low[..70], value), (high, value)), ClientError.Undecodable),
        ];
        foreach ((string keys, string values, ClientError expected) in cases)
        {
            await WithAsync(Answer(keys, values), async client => Assert.Equal(expected, (await client.Storage.PageAsync(FrameSystem.BlockHash, 10, null, null, Stop)).Failure?.Error));
        }

        // A server that answers every page with the same keys does not keep the client for ever.
        await WithAsync(Answer(List(low, high), good), async client =>
        {
            StoragePage<uint, Hash256> page = (await client.Storage.PageAsync(FrameSystem.BlockHash, 2, null, null, Stop)).Require();
            Assert.Equal([1u, 2u], page.Entries.Select(entry => entry.Key).Order());
            Assert.Equal(second, page.Last);
            Assert.Equal(ClientError.UnexpectedAnswer, (await client.Storage.PageAsync(FrameSystem.BlockHash, 2, page.Last, null, Stop)).Failure!.Error);
        });
    }

    [Theory]
    [InlineData("\"future\"", TransactionStatusKind.Future, false)]
    [InlineData("\"ready\"", TransactionStatusKind.Ready, false)]
    [InlineData("\"dropped\"", TransactionStatusKind.Dropped, true)]
    [InlineData("\"invalid\"", TransactionStatusKind.Invalid, true)]
    [InlineData("""{"broadcast":["peer"]}""", TransactionStatusKind.Broadcast, false)]
    [InlineData($$"""{"inBlock":"{{Zeros}}"}""", TransactionStatusKind.InBlock, false)]
    [InlineData($$"""{"retracted":"{{Zeros}}"}""", TransactionStatusKind.Retracted, false)]
    [InlineData($$"""{"finalized":"{{Zeros}}"}""", TransactionStatusKind.Finalized, true)]
    [InlineData($$"""{"finalityTimeout":"{{Zeros}}"}""", TransactionStatusKind.FinalityTimeout, true)]
    [InlineData($$"""{"usurped":"{{Zeros}}"}""", TransactionStatusKind.Usurped, true)]
    [InlineData("\"gone\"", null, false)]
    [InlineData("""{"inBlock":"0x00"}""", null, false)]
    [InlineData("{}", null, false)]
    [InlineData("7", null, false)]
    public void EveryStatusIsReadAndNothingElse(string json, TransactionStatusKind? kind, bool isLast)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        ClientResult<TransactionStatus> read = TransactionStatus.Read(document.RootElement);
        Assert.Equal(kind, read.TryGet(out TransactionStatus status, out _) ? status.Kind : null);
        Assert.Equal(isLast, read.IsOk && status.IsLast);
    }

    private static async Task NoneIsTaken<T>(Func<ChainClient, Task<ClientResult<T>>> ask, params string[] answers)
    {
        foreach (string answer in answers) await WithAsync(answer, async client => Assert.Equal((answer, ClientError.UnexpectedAnswer), (answer, (await ask(client)).Failure?.Error)));
    }

    /// <summary>An object without each of its members, and with each being something else.</summary>
    private static IEnumerable<string> Mutations(string json, params string[] members) =>
        members.SelectMany(member => (string[])[json.Replace($"\"{member}\"", "\"other\"", StringComparison.Ordinal), json.Replace($"\"{member}\":", $"\"{member}\":7,\"other\":", StringComparison.Ordinal)])
            .Where(mutant => !mutant.Contains("\"number\":7", StringComparison.Ordinal));

    private static string List(params string[] keys) => JsonSerializer.Serialize(keys);

    private static string Changes(params (string Key, string Value)[] changes) =>
        $$"""[{"block":"{{Zeros}}","changes":[{{string.Join(",", changes.Select(change => $"[\"{change.Key}\",{change.Value}]"))}}]}]""";

    private static Func<string, string> Answer(string keys, string values) => method => method == "state_getKeysPaged" ? keys : values;

    private static Task WithAsync(string answer, Func<ChainClient, Task> test) => WithAsync(_ => answer, test);

    /// <summary>A client of a server whose chain begins well and goes on as the test says.</summary>
    private static async Task WithAsync(Func<string, string> answers, Func<ChainClient, Task> test)
    {
        bool hasBegun = false;
        await using ScriptedServer server = new(peer => peer.AnswerAllAsync((method, _) =>
        {
            string answer = hasBegun ? answers(method) : $"\"{Zeros}\"";
            hasBegun = true;
            return answer;
        }));
        await using ChainClient client = (await ChainClient.ConnectAsync(server.Address, null, Stop)).Require();
        await test(client);
    }
}
