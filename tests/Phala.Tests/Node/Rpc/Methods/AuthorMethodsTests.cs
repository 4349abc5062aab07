using System.Text.Json;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Runtime.Interface;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Rpc.Methods;

/// <summary>Transactions on their way into a block, their costs, and the keys of authorities.</summary>
public sealed class AuthorMethodsTests
{
    [Fact]
    public async Task ASubmittedTransactionWaitsAndCountsForTheNextNonce()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string alice = Ss58.Encode(Actor.Alice.Account.AsSpan(), Ss58.PhalaPrefix);
        Assert.Equal("0", await caller.TextAsync("system_accountNextIndex", alice));
        OpaqueExtrinsic first = Transfer(node, 0), second = Transfer(node, 1), fourth = Transfer(node, 3);
        Assert.Equal(TestNode.Hex(first.Hash()), (await caller.CallAsync("author_submitExtrinsic", TestNode.Hex(first))).GetString());
        await caller.CallAsync("author_submitExtrinsic", TestNode.Hex(fourth));
        Assert.Equal("1", await caller.TextAsync("account_nextIndex", Ss58.Encode(Actor.Alice.Account.AsSpan(), 42)));
        await caller.CallAsync("author_submitExtrinsic", TestNode.Hex(second));
        Assert.Equal("2", await caller.TextAsync("system_accountNextIndex", alice));
        Assert.Equal($"[\"{TestNode.Hex(first)}\",\"{TestNode.Hex(second)}\"]", await caller.TextAsync("author_pendingExtrinsics"));

        Assert.Equal($"[\"{TestNode.Hex(second.Hash())}\"]", await caller.TextAsync("author_removeExtrinsic", (object)new[] { new { hash = TestNode.Hex(second.Hash()) } }));
        Assert.Equal($"[\"{TestNode.Hex(first.Hash())}\"]", await caller.TextAsync("author_removeExtrinsic", (object)new[] { new { extrinsic = TestNode.Hex(first) } }));
        Assert.Equal("[]", await caller.TextAsync("author_pendingExtrinsics"));
        Assert.Equal("1001: Extrinsic has invalid format", await caller.ErrorAsync("author_removeExtrinsic", (object)new[] { new { } }));
        Assert.StartsWith("4002", await caller.ErrorAsync("author_removeExtrinsic", (object)Enumerable.Repeat(new { }, 1025).ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsRefusedHasSubstratesCode()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        node.TellPool(node.Author(Transfer(node, 0)));
        OpaqueExtrinsic good = Transfer(node, 1, tip: 5);
        byte[] forged = Scale.Encode(Transfer(node, 1));
        forged[^1] ^= 1;
        await caller.CallAsync("author_submitExtrinsic", TestNode.Hex(good));
        (string Extrinsic, string Error)[] cases =
        [
            ("0x", "1001: Extrinsic has invalid format"),
            ("0x0c00", "1001: Extrinsic has invalid format"),
            ("0x08ffff", "1001: Extrinsic has invalid format"),
            (TestNode.Hex(good), $"1013: Transaction Already Imported: {TestNode.Hex(good.Hash())}"),
            (TestNode.Hex(Transfer(node, 0)), "1010: Invalid Transaction: Transaction is outdated"),
            (TestNode.Hex(forged), "1010: Invalid Transaction: Transaction has a bad signature"),
            (TestNode.Hex(Transfer(node, 1)), "1014: Priority is too low: ("),
        ];
        foreach (string method in (string[])["author_submitExtrinsic", "author_submitAndWatchExtrinsic"])
        {
            foreach ((string extrinsic, string error) in cases)
            {
                string told = await caller.ErrorAsync(method, extrinsic);
                Assert.True(told.StartsWith(error, StringComparison.Ordinal) || (error.StartsWith("1010", StringComparison.Ordinal) && told == "1012: Transaction is temporarily banned"), told);
            }

            Assert.StartsWith("-32602: Invalid params: extrinsic", await caller.ErrorAsync(method), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AWatchedTransactionIsFollowedToItsFinalBlock()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        OpaqueExtrinsic second = Transfer(node, 1), first = Transfer(node, 0);
        string id = await caller.SubscribeAsync("author_submitAndWatchExtrinsic", TestNode.Hex(second));
        Assert.Equal("\"future\"", await caller.NextTextAsync(id));
        Assert.Equal("author_extrinsicUpdate", await PeekAfter(caller, () => caller.CallAsync("author_submitExtrinsic", TestNode.Hex(first))));
        Assert.Equal("\"ready\"", await caller.NextTextAsync(id));
        node.Pool.NoteBroadcast(second.Hash(), ["peer"]);
        Assert.Equal("""{"broadcast":["peer"]}""", await caller.NextTextAsync(id));
        Hash256 block = node.Author(first, second);
        node.TellPool(block, [.. Body(node, block)]);
        Assert.Equal($$"""{"inBlock":"{{TestNode.Hex(block)}}"}""", await caller.NextTextAsync(id));
        node.Pool.SetFinalized([block]);
        Assert.Equal($$"""{"finalized":"{{TestNode.Hex(block)}}"}""", await caller.NextTextAsync(id));
        await TestServer.UntilAsync(() => node.Pool.Counts.Watches == 0, "the watch is gone");
        Assert.Equal("false", await caller.TextAsync("author_unwatchExtrinsic", id));
    }

    [Fact]
    public async Task AWatchEndsWithItsSubscription()
    {
        await using TestNode node = await TestNode.StartAsync();
        Caller caller = await node.ConnectAsync();
        string id = await caller.SubscribeAsync("author_submitAndWatchExtrinsic", TestNode.Hex(Transfer(node, 0)));
        await caller.SubscribeAsync("transactionWatch_v1_submitAndWatch", TestNode.Hex(Transfer(node, 1)));
        string usurped = await caller.SubscribeAsync("author_submitAndWatchExtrinsic", TestNode.Hex(Transfer(node, 2)));
        Assert.Equal(3, node.Pool.Counts.Watches);
        Assert.Equal("\"ready\"", await caller.NextTextAsync(usurped));
        OpaqueExtrinsic better = Transfer(node, 2, tip: Balances.Pha);
        await caller.CallAsync("author_submitExtrinsic", TestNode.Hex(better));
        Assert.Equal($$"""{"usurped":"{{TestNode.Hex(better.Hash())}}"}""", await caller.NextTextAsync(usurped));
        Assert.Equal("true", await caller.TextAsync("author_unwatchExtrinsic", id));
        Assert.Equal(1, node.Pool.Counts.Watches);
        await caller.Socket.CloseAsync();
        caller.Dispose();
        await TestServer.UntilAsync(() => node.Pool.Counts.Watches == 0, "the watch of a closed connection is gone");
    }

    [Fact]
    public async Task TheNewWatchTellsEverythingAsAnEvent()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        OpaqueExtrinsic first = Transfer(node, 0), second = Transfer(node, 1);
        string id = await caller.SubscribeAsync("transactionWatch_v1_submitAndWatch", TestNode.Hex(second));
        Assert.Equal("transactionWatch_v1_watchEvent", await caller.PeekMethodAsync());
        Assert.Equal("""{"event":"validated"}""", await caller.NextTextAsync(id));
        await caller.CallAsync("author_submitExtrinsic", TestNode.Hex(first));
        Hash256 block = node.Author(first, second);
        node.TellPool(block, [.. Body(node, block)]);
        Assert.Equal($$$"""{"event":"bestChainBlockIncluded","block":{"hash":"{{{TestNode.Hex(block)}}}","index":"2"}}""", await caller.NextTextAsync(id));
        node.Pool.SetFinalized([block]);
        Assert.Equal($$$"""{"event":"finalized","block":{"hash":"{{{TestNode.Hex(block)}}}","index":"2"}}""", await caller.NextTextAsync(id));

        string stale = await caller.SubscribeAsync("transactionWatch_v1_submitAndWatch", TestNode.Hex(first));
        Assert.Equal("""{"event":"invalid","error":"Transaction is outdated"}""", await caller.NextTextAsync(stale));
        string broken = await caller.SubscribeAsync("transactionWatch_v1_submitAndWatch", "0x");
        Assert.Equal("""{"event":"invalid","error":"Extrinsic has invalid format"}""", await caller.NextTextAsync(broken));
        OpaqueExtrinsic removed = Transfer(node, 2);
        string dropped = await caller.SubscribeAsync("transactionWatch_v1_submitAndWatch", TestNode.Hex(removed));
        Assert.Equal("""{"event":"validated"}""", await caller.NextTextAsync(dropped));
        node.Pool.Remove(removed.Hash());
        Assert.Equal("""{"event":"dropped","error":"Extrinsic dropped from the pool due to exceeding limits"}""", await caller.NextTextAsync(dropped));
        Assert.Equal("null", await caller.TextAsync("transactionWatch_v1_unwatch", dropped));
        Assert.StartsWith("-32602: Invalid params: transaction", await caller.ErrorAsync("transactionWatch_v1_submitAndWatch"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABroadcastKeepsComingBackUntilItIsStopped()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        OpaqueExtrinsic transaction = Transfer(node, 0);
        string id = (await caller.CallAsync("transaction_v1_broadcast", TestNode.Hex(transaction))).GetString()!;
        Assert.True(node.Pool.TryGet(transaction.Hash(), out _));
        node.Pool.Remove(transaction.Hash());
        node.TellPool(node.Author());
        Assert.True(node.Pool.TryGet(transaction.Hash(), out _));
        Assert.Equal("null", await caller.TextAsync("transaction_v1_stop", id));
        node.Pool.Remove(transaction.Hash());
        node.TellPool(node.Author());
        Assert.False(node.Pool.TryGet(transaction.Hash(), out _));
        Assert.Equal("-32602: Invalid operation id", await caller.ErrorAsync("transaction_v1_stop", id));
        Assert.StartsWith("-32602: Invalid params: operationId", await caller.ErrorAsync("transaction_v1_stop"), StringComparison.Ordinal);

        // Invalid ones are not told apart; what is no transaction at all is not taken.
        Assert.Equal("null", await caller.TextAsync("transaction_v1_broadcast", "0x"));
        Assert.StartsWith("-32602: Invalid params: transaction", await caller.ErrorAsync("transaction_v1_broadcast"), StringComparison.Ordinal);
        List<string> ids = [];
        for (int count = 0; count < 16; count++) ids.Add((await caller.CallAsync("transaction_v1_broadcast", "0x04ff")).GetString()!);
        Assert.Equal(16, ids.Distinct().Count());
        Assert.Equal("null", await caller.TextAsync("transaction_v1_broadcast", "0x04ff"));
        await caller.CallAsync("transaction_v1_stop", ids[3]);
        await caller.SubscribeAsync("transaction_v1_broadcast", "0x04ff");
        using Caller other = await node.ConnectAsync();
        Assert.Equal("-32602: Invalid operation id", await other.ErrorAsync("transaction_v1_stop", ids[0]));
        Assert.Contains("\"result\":null", await node.Server.PostAsync(CallTests.Request("transaction_v1_broadcast", "[\"0x04ff\"]")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CostsAreToldWithoutALookAtTheSignature()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        byte[] encoded = Scale.Encode(Transfer(node, 0));
        encoded.AsSpan(40, 60).Clear();
        JsonElement info = await caller.CallAsync("payment_queryInfo", TestNode.Hex(encoded));
        Assert.Equal(["weight", "class", "partialFee"], info.EnumerateObject().Select(member => member.Name));
        Assert.Equal("normal", info.GetProperty("class").GetString());
        Assert.True(info.GetProperty("weight").GetProperty("ref_time").GetUInt64() > 0);
        Assert.True(info.GetProperty("weight").TryGetProperty("proof_size", out _));
        JsonElement fee = (await caller.CallAsync("payment_queryFeeDetails", TestNode.Hex(encoded), null)).GetProperty("inclusionFee");
        UInt128 sum = 0;
        foreach (string part in (string[])["baseFee", "lenFee", "adjustedWeightFee"])
        {
            string text = fee.GetProperty(part).GetString()!;
            Assert.Matches("^0x(0|[1-9a-f][0-9a-f]*)$", text);
            sum += UInt128.Parse("0" + text[2..], System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        }

        Assert.Equal(sum.ToString(System.Globalization.CultureInfo.InvariantCulture), info.GetProperty("partialFee").GetString());
        Assert.NotEqual("0", info.GetProperty("partialFee").GetString());
        string bare = TestNode.Hex(new TestBare().Inherent);
        Assert.Equal("""{"inclusionFee":null}""", await caller.TextAsync("payment_queryFeeDetails", bare));
        Assert.Equal("mandatory", (await caller.CallAsync("payment_queryInfo", bare)).GetProperty("class").GetString());
        foreach (string method in (string[])["payment_queryInfo", "payment_queryFeeDetails"]) Assert.StartsWith("2: Unable to query dispatch info.", await caller.ErrorAsync(method, "0x0c00"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysAreInsertedMadeAndFound()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string charlie = TestNode.Hex(Actor.Charlie.Account.AsSpan());
        Assert.Equal("false", await caller.TextAsync("author_hasKey", charlie, "aura"));
        Assert.Equal("1040: Bad seed phrase or password", await caller.ErrorAsync("author_insertKey", "aura", "//Alice", charlie));
        Assert.Equal("1040: Bad seed phrase or password", await caller.ErrorAsync("author_insertKey", "aura", "nonsense words", charlie));
        Assert.Equal("1040: Bad seed phrase or password", await caller.ErrorAsync("author_insertKey", "gran", "//Charlie/soft", charlie));
        Assert.Equal("1040: Key type ID has an unknown format", await caller.ErrorAsync("author_insertKey", "babe", "//Charlie", charlie));
        Assert.Equal("1040: Key type ID has an unknown format", await caller.ErrorAsync("author_hasKey", charlie, "long one"));
        Assert.Equal("null", await caller.TextAsync("author_insertKey", "aura", "//Charlie", charlie));
        Assert.Equal("true", await caller.TextAsync("author_hasKey", charlie, "aura"));
        Assert.Equal("false", await caller.TextAsync("author_hasKey", charlie, "gran"));
        Assert.Equal("false", await caller.TextAsync("author_hasKey", charlie, "babe"));
        Assert.Equal("false", await caller.TextAsync("author_hasKey", "0x12", "aura"));

        string keys = (await caller.CallAsync("author_rotateKeys")).GetString()!, again = (await caller.CallAsync("author_rotateKeys")).GetString()!;
        Assert.Equal(2 + 128, keys.Length);
        Assert.NotEqual(keys, again);
        Assert.Equal("true", await caller.TextAsync("author_hasSessionKeys", keys));
        Assert.Equal("true", await caller.TextAsync("author_hasSessionKeys", again));
        Assert.Equal("false", await caller.TextAsync("author_hasSessionKeys", keys[..66] + new string('0', 64)));
        Assert.Equal("true", await caller.TextAsync("author_hasKey", "0x" + keys[66..], "gran"));
        Assert.Equal("1040: Session keys are not encoded correctly", await caller.ErrorAsync("author_hasSessionKeys", keys + "00"));

        // What was kept leads to the same keys.
        Assert.Equal("aura //Charlie", node.KeptKeys[0]);
        Assert.Equal(5, node.KeptKeys.Count);
        Assert.Equal("null", await caller.TextAsync("author_insertKey", "gran", node.KeptKeys[2][5..], "0x" + keys[66..]));
        node.RefusesKeys = true;
        Assert.Equal("1040: Key store is unavailable", await caller.ErrorAsync("author_rotateKeys"));
        foreach (string method in (string[])["insertKey", "hasKey", "hasSessionKeys"]) Assert.StartsWith("-32602", await caller.ErrorAsync($"author_{method}"), StringComparison.Ordinal);
    }

    private static async Task<string> PeekAfter(Caller caller, Func<Task> action)
    {
        await action();
        return await caller.PeekMethodAsync();
    }

    private static OpaqueExtrinsic Transfer(TestNode node, uint nonce, ulong tip = 0) => node.Sign(Actor.Alice, new Balances.TransferKeepAlive(Actor.Bob.Address, Balances.Pha), nonce, tip);

    private static OpaqueExtrinsic[] Body(TestNode node, Hash256 block)
    {
        node.Store.TryGetBody(block, out byte[][]? body);
        return [.. body!.Select(each => new OpaqueExtrinsic(Vec.Create<byte>(each)))];
    }

    private sealed class TestBare
    {
        public OpaqueExtrinsic Inherent { get; } = TestChain.Create().Inherent(5);
    }
}
