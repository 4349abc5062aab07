using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Crypto.Keys;
using Phala.Runtime.Interface;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Node.Clients;

/// <summary>Unmodified @polkadot/api, the current and an old version, uses a running node as any wallet or explorer does.</summary>
public sealed class PolkadotJsTests
{
    /// <summary>Twelve accounts with ten million each; one of them was set to 77 after it had got 5.</summary>
    private const string Issuance = "110000072000000000000";

    private const long Transferred = 1_234_567_890_123;

    [Theory]
    [InlineData("polkadot", 16)]
    [InlineData("polkadot10", 14)]
    public void AClientReadsSignsSendsAndFollows(string client, int metadata)
    {
        using NodeProcess node = new("--block-millisecs", "250");
        string output = NodeJs.Run("polkadot-js-node.mjs", new JsonObject { ["client"] = client, ["url"] = node.Url }.ToJsonString());
        JsonElement seen = JsonDocument.Parse(output).RootElement;
        Assert.Equal(("Phala Development", "phala-node", 30, 12, "PHA", metadata), (Text(seen, "chain"), Text(seen, "spec"), Number(seen, "ss58"), Number(seen, "decimals"), Text(seen, "token"), Number(seen, "metadata")));
        TransfersArePaidAndSeen(seen);
        FailuresAreNamed(seen);
        WhatThePoolRefusesHasItsCode(seen);
        TheChainIsRead(seen);
        Assert.All(Strings(seen, "warnings"), warning => Assert.True(IsExpected(warning), warning));
    }

    private static void TransfersArePaidAndSeen(JsonElement seen)
    {
        IsFinal(seen, "transfer", "balances.Withdraw", "balances.Transfer", "transactionPayment.TransactionFeePaid", "system.ExtrinsicSuccess");
        Assert.Equal(["timestamp.set", "balances.transferKeepAlive"], Strings(seen, "blockCalls"));
        Assert.Equal(($"{Transferred}", "0"), (Text(seen, "received"), Text(seen, "receivedBefore")));
        long fee = long.Parse(Text(seen, "fee"), CultureInfo.InvariantCulture);
        Assert.InRange(fee, 1_000_000_000, 10_000_000_000);
        Assert.Equal(Transferred + fee, long.Parse(Text(seen, "paid"), CultureInfo.InvariantCulture));
        IsFinal(seen, "remark", "balances.Withdraw", "transactionPayment.TransactionFeePaid", "system.ExtrinsicSuccess");
        IsFinal(seen, "immortal", "balances.Withdraw", "transactionPayment.TransactionFeePaid", "system.ExtrinsicSuccess");
        foreach (string scheme in new[] { "ed25519", "ecdsa" }) IsFinal(seen, scheme, "balances.Withdraw", "system.Remarked", "balances.Deposit", "transactionPayment.TransactionFeePaid", "system.ExtrinsicSuccess");
        string[] batch = IsFinal(seen, "batch");
        Assert.Equal((3, 3), (batch.Count(name => name == "utility.ItemCompleted"), batch.Count(name => name == "balances.Transfer")));
        Assert.Equal(2, batch.Count(name => name == "balances.Endowed"));
    }

    private static void FailuresAreNamed(JsonElement seen)
    {
        Assert.Contains("FundsUnavailable", ErrorOf(seen, "tooMuch"), StringComparison.Ordinal);
        Assert.Equal("RequireSudo", ErrorOf(seen, "notSudo"));
        Assert.Contains("utility.BatchInterrupted", IsFinal(seen, "interrupted"));
        Assert.Contains("sudo.Sudid", IsFinal(seen, "sudo"));
        Assert.Equal("77000000000000", Text(seen, "dave"));
        Assert.Equal("77000000000000", Strings(seen, "changes")[^1]);
        Assert.True(Strings(seen, "changes").Length >= 3);
    }

    private static void WhatThePoolRefusesHasItsCode(JsonElement seen)
    {
        Assert.Equal("1010: Invalid Transaction: Transaction is outdated", Text(seen, "stale"));
        Assert.StartsWith("1010: Invalid Transaction: Inability to pay some fees", Text(seen, "poor"), StringComparison.Ordinal);
        Assert.Equal("1010: Invalid Transaction: Transaction has a bad signature", Text(seen, "tampered"));
    }

    private static void TheChainIsRead(JsonElement seen)
    {
        Assert.Equal((14, 14), (Number(seen, "entries"), Number(seen, "keys")));
        Assert.Equal((6, 6, 6), (Number(seen, "nonce"), Number(seen, "nextIndex"), Number(seen, "runtimeNonce")));
        Assert.Equal(Text(seen, "fee"), Text(seen, "runtimeFee"));
        Assert.Equal((Issuance, "10000000000"), (Text(seen, "issuance"), Text(seen, "existentialDeposit")));
        Assert.All(seen.GetProperty("heads").EnumerateArray(), head => Assert.Equal(DevAccounts.Address("Alice", stash: true, FrameSystem.Ss58Prefix), head[1].GetString()));
        Assert.True(Number(seen, "finalized") > 5);
    }

    /// <summary>Methods of the new interface are not this client's; refused transactions are warned of, as it should be.</summary>
    private static bool IsExpected(string warning) => warning.Contains("RPC methods not decorated: archive_v1_", StringComparison.Ordinal) || warning.Contains(": 1010: Invalid Transaction", StringComparison.Ordinal);

    private static string[] IsFinal(JsonElement seen, string name, params string[] events)
    {
        JsonElement sent = seen.GetProperty(name);
        string[] path = Strings(sent, "path"), happened = Strings(sent, "events");
        // The client lets a status go when the next comes before it has read the block: at this pace InBlock is sometimes missing.
        Assert.Equal("Finalized", path[^1]);
        Assert.Equal("Ready", path[0]);
        Assert.Equal("system.ExtrinsicSuccess", happened[^1]);
        Assert.False(sent.TryGetProperty("error", out _), name);
        if (events.Length > 0) Assert.Equal(events.Where(name => name != "balances.Deposit"), happened.Where(name => name != "balances.Deposit"));
        return happened;
    }

    private static string ErrorOf(JsonElement seen, string name)
    {
        Assert.Equal("system.ExtrinsicFailed", Strings(seen.GetProperty(name), "events")[^1]);
        return Text(seen.GetProperty(name), "error");
    }

    private static string Text(JsonElement seen, string name) => seen.GetProperty(name).GetString()!;

    private static int Number(JsonElement seen, string name) => seen.GetProperty(name).GetInt32();

    private static string[] Strings(JsonElement seen, string name) => [.. seen.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
