using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Node.Clients;

/// <summary>Unmodified polkadot-api uses a running node: through the new JSON-RPC interface, and through the legacy one where a proxy hides the new.</summary>
public sealed class PapiTests
{
    private static readonly string[] NewInterface = ["chainHead_", "transaction_", "transactionWatch_", "archive_", "chainSpec_"];

    [Theory]
    [InlineData(true, "14,15,16")]
    [InlineData(true, "14,15")]
    [InlineData(true, "14")]
    [InlineData(false, "14,15,16")]
    public void AClientReadsSignsSendsAndFollows(bool modern, string versions)
    {
        using NodeProcess node = new("--block-millisecs", "250");
        JsonObject input = new()
        {
            ["url"] = node.Url,
            ["hidden"] = new JsonArray([.. (modern ? [] : NewInterface).Select(prefix => (JsonNode)prefix)]),
            ["versions"] = new JsonArray([.. versions.Split(',').Select(version => (JsonNode)int.Parse(version, CultureInfo.InvariantCulture))]),
        };
        JsonElement seen = JsonDocument.Parse(NodeJs.Run("papi-node.mjs", input.ToJsonString())).RootElement;
        Assert.Empty(Strings(seen, "warnings"));
        Assert.Equal(modern, Strings(seen, "called").Contains("chainHead_v1_follow"));
        Assert.Equal(!modern, Strings(seen, "called").Contains("author_submitExtrinsic"));
        RuntimeCallsWorkFromVersion15On(seen, versions != "14");
        EveryTransactionIsFinal(seen, modern);
        Assert.Equal("1234567890123", Text(seen, "received"));
        Assert.Contains("Stale", Text(seen, "stale"), StringComparison.Ordinal);
        Assert.Equal((12, "120000000000000000000", "10000000000"), (seen.GetProperty("entries").GetInt32(), Text(seen, "issuance"), Text(seen, "existentialDeposit")));
        Assert.True(seen.GetProperty("body").GetInt32() >= 1 && seen.GetProperty("header").GetBoolean());
        int[] heights = [.. seen.GetProperty("heights").EnumerateArray().Select(height => height.GetInt32())];
        Assert.Equal([heights[0], heights[0] + 1, heights[0] + 2], heights);
    }

    private static void RuntimeCallsWorkFromVersion15On(JsonElement seen, bool described)
    {
        if (!described)
        {
            Assert.Equal("lacking", Text(seen, "withoutApis"));
            return;
        }

        Assert.Equal(0, seen.GetProperty("nonce").GetInt32());
        Assert.InRange(long.Parse(Text(seen, "fee"), CultureInfo.InvariantCulture), 1_000_000_000, 10_000_000_000);
    }

    private static void EveryTransactionIsFinal(JsonElement seen, bool modern)
    {
        foreach (string name in new[] { "transfer", "remark", "mortal", "immortal" })
        {
            JsonElement sent = seen.GetProperty(name);
            Assert.True(sent.GetProperty("ok").GetBoolean());
            Assert.Equal("finalized", Strings(sent, "path")[^1]);
            if (modern) Assert.Contains("inBest", Strings(sent, "path"));
            Assert.Equal("System.ExtrinsicSuccess", Strings(sent, "events")[^1]);
        }

        Assert.Equal((false, "Token.FundsUnavailable"), (seen.GetProperty("tooMuch").GetProperty("ok").GetBoolean(), Text(seen.GetProperty("tooMuch"), "error")));
        Assert.Equal((false, "Module.Sudo"), (seen.GetProperty("notSudo").GetProperty("ok").GetBoolean(), Text(seen.GetProperty("notSudo"), "error")));
    }

    private static string Text(JsonElement seen, string name) => seen.GetProperty(name).GetString()!;

    private static string[] Strings(JsonElement seen, string name) => [.. seen.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
