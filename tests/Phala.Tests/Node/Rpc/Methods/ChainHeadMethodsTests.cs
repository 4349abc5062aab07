using System.Text.Json;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Rpc.Methods;

/// <summary>Followers of the chain.</summary>
public sealed class ChainHeadMethodsTests
{
    private const string NotPinned = "-32801: Invalid block hash";
    private static readonly string Code = TestNode.Hex(":code"u8);

    [Fact]
    public async Task AFollowerIsToldTheWholeTreeAndThenEveryChange()
    {
        await using TestNode node = await TestNode.StartAsync();
        string genesis = TestNode.Hex(node.Store.GenesisHash);
        Hash256 one = node.Author(), two = node.Author(), fork = node.AuthorOn(node.Store.GenesisHash);
        using Caller caller = await node.ConnectAsync();
        await caller.CallAsync("system_name");
        string plain = await caller.SubscribeAsync("chainHead_v1_follow", false), withRuntime = await caller.SubscribeAsync("chainHead_v1_follow", true);
        Assert.Equal("chainHead_v1_followEvent", await caller.PeekMethodAsync());
        Assert.Equal($$"""{"event":"initialized","finalizedBlockHashes":["{{genesis}}"]}""", await caller.NextTextAsync(plain));
        JsonElement initialized = await caller.NextAsync(withRuntime);
        JsonElement runtime = initialized.GetProperty("finalizedBlockRuntime");
        Assert.Equal("valid", runtime.GetProperty("type").GetString());
        Assert.Equal(["specName", "implName", "specVersion", "implVersion", "transactionVersion", "apis"], runtime.GetProperty("spec").EnumerateObject().Select(member => member.Name));
        Assert.Equal(2, runtime.GetProperty("spec").GetProperty("apis").GetProperty("0x37e397fc7c91f5e4").GetInt32());

        string[] told = [await caller.NextTextAsync(plain), await caller.NextTextAsync(plain), await caller.NextTextAsync(plain)];
        Assert.Equal(new[] { NewBlock(one, genesis), NewBlock(two, TestNode.Hex(one)), NewBlock(fork, genesis) }.Order(), told.Order());
        Assert.True(Array.IndexOf(told, NewBlock(one, genesis)) < Array.IndexOf(told, NewBlock(two, TestNode.Hex(one))));
        for (int count = 0; count < 3; count++) Assert.Equal("null", (await caller.NextAsync(withRuntime)).GetProperty("newRuntime").GetRawText());
        foreach (string id in (string[])[plain, withRuntime]) Assert.Equal(Best(two), await caller.NextTextAsync(id));

        Hash256 three = node.Author();
        Assert.Equal(NewBlock(three, TestNode.Hex(two)), await caller.NextTextAsync(plain));
        Assert.Equal(Best(three), await caller.NextTextAsync(plain));
        node.FinalizeBest();
        Assert.Equal(
            $$"""{"event":"finalized","finalizedBlockHashes":["{{TestNode.Hex(one)}}","{{TestNode.Hex(two)}}","{{TestNode.Hex(three)}}"],"prunedBlockHashes":["{{TestNode.Hex(fork)}}"]}""",
            await caller.NextTextAsync(plain));
        Assert.Equal("null", await caller.TextAsync("chainHead_v1_unfollow", plain));
        Assert.Equal("null", await caller.TextAsync("chainHead_v1_unfollow", plain));
        node.Author();
        for (int count = 0; count < 5; count++) await caller.NextAsync(withRuntime);
        await caller.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task FinalizingAnotherForkChangesTheBestFirst()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string id = await caller.SubscribeAsync("chainHead_v1_follow", false);
        Hash256 one = node.Author(), other = node.AuthorOn(node.Store.GenesisHash);
        for (int count = 0; count < 5; count++) await caller.NextAsync(id);
        node.Finalize(other);
        Assert.Equal(Best(other), await caller.NextTextAsync(id));
        Assert.Equal($$"""{"event":"finalized","finalizedBlockHashes":["{{TestNode.Hex(other)}}"],"prunedBlockHashes":["{{TestNode.Hex(one)}}"]}""", await caller.NextTextAsync(id));

        // A block that has lost stays pinned: header, body and state are still there.
        Assert.False(node.Store.TryGetHeader(one, out _));
        Assert.StartsWith(TestNode.Hex(node.Store.GenesisHash), (await caller.CallAsync("chainHead_v1_header", id, TestNode.Hex(one))).GetString()!, StringComparison.Ordinal);
        await Started(caller, "chainHead_v1_body", id, TestNode.Hex(one));
        Assert.Equal("operationBodyDone", Event(await caller.NextAsync(id)));
        await Started(caller, "chainHead_v1_storage", id, TestNode.Hex(one), new[] { new { key = Code, type = "value" } }, null);
        Assert.Equal("operationStorageItems", Event(await caller.NextAsync(id)));
        Assert.Equal("operationStorageDone", Event(await caller.NextAsync(id)));
        Assert.Equal("null", await caller.TextAsync("chainHead_v1_unpin", id, TestNode.Hex(one)));
        Assert.Equal(NotPinned, await caller.ErrorAsync("chainHead_v1_header", id, TestNode.Hex(one)));
    }

    [Fact]
    public async Task ALateFollowerIsToldTheLastSixteenFinalizedBlocks()
    {
        await using TestNode node = await TestNode.StartAsync();
        List<Hash256> blocks = [];
        for (int count = 0; count < 20; count++) blocks.Add(node.Author());
        node.FinalizeBest();
        using Caller caller = await node.ConnectAsync();
        string heads = await caller.SubscribeAsync("chain_subscribeFinalizedHeads");
        while ((await caller.NextAsync(heads)).GetProperty("number").GetString() != "0x14") { }
        string id = await caller.SubscribeAsync("chainHead_v1_follow", false);
        Assert.Equal(blocks[4..].Select(TestNode.Hex), StateMethodsTests.Texts((await caller.NextAsync(id)).GetProperty("finalizedBlockHashes")));
        Assert.Equal(Best(blocks[^1]), await caller.NextTextAsync(id));
    }

    [Fact]
    public async Task BlocksAreUnpinnedAllOrNone()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string id = await caller.SubscribeAsync("chainHead_v1_follow", false), other = await caller.SubscribeAsync("chainHead_v1_follow", false);
        string genesis = TestNode.Hex(node.Store.GenesisHash), one = TestNode.Hex(node.Author()), unknown = TestNode.Hex(default(Hash256));
        for (int count = 0; count < 4; count++) await caller.NextAsync(id);
        Assert.Equal("-32804: Received duplicate hashes for the `chainHead_unpin` method", await caller.ErrorAsync("chainHead_v1_unpin", id, new[] { one, one }));
        Assert.Equal(NotPinned, await caller.ErrorAsync("chainHead_v1_unpin", id, new[] { one, unknown }));
        Assert.NotEqual("null", await caller.TextAsync("chainHead_v1_header", id, one));
        Assert.Equal("null", await caller.TextAsync("chainHead_v1_unpin", id, new[] { one, genesis }));
        foreach (string hash in (string[])[one, genesis, unknown])
        {
            Assert.Equal(NotPinned, await caller.ErrorAsync("chainHead_v1_header", id, hash));
            Assert.Equal(NotPinned, await caller.ErrorAsync("chainHead_v1_body", id, hash));
            Assert.Equal(NotPinned, await caller.ErrorAsync("chainHead_v1_storage", id, hash, Array.Empty<object>()));
            Assert.Equal(NotPinned, await caller.ErrorAsync("chainHead_v1_unpin", id, hash));
        }

        // Pins are each follower's own, and its identifiers are nobody else's.
        Assert.NotEqual("null", await caller.TextAsync("chainHead_v1_header", other, one));
        using Caller stranger = await node.ConnectAsync();
        foreach (string gone in (string[])[other, "gone"])
        {
            Assert.Equal("null", await stranger.TextAsync("chainHead_v1_header", gone, one));
            Assert.Equal("null", await stranger.TextAsync("chainHead_v1_unpin", gone, one));
            Assert.Equal("""{"result":"limitReached"}""", await stranger.TextAsync("chainHead_v1_body", gone, one));
            Assert.Equal("""{"result":"limitReached"}""", await stranger.TextAsync("chainHead_v1_call", gone, one, "Core_version", ""));
            Assert.Equal("""{"result":"limitReached"}""", await stranger.TextAsync("chainHead_v1_storage", gone, one, Array.Empty<object>(), null));
            Assert.Equal("null", await stranger.TextAsync("chainHead_v1_continue", gone, "1"));
            Assert.Equal("null", await stranger.TextAsync("chainHead_v1_stopOperation", gone, "1"));
            Assert.Equal("null", await stranger.TextAsync("chainHead_v1_unfollow", gone));
        }
    }

    [Fact]
    public async Task OperationsAreAnsweredThenDone()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string plain = await caller.SubscribeAsync("chainHead_v1_follow", false), id = await caller.SubscribeAsync("chainHead_v1_follow", true);
        Hash256 block = node.Author();
        string hash = TestNode.Hex(block);
        for (int count = 0; count < 4; count++) await caller.NextAsync(id);
        node.Store.TryGetHeader(block, out byte[]? header);
        Assert.Equal(TestNode.Hex(header), (await caller.CallAsync("chainHead_v1_header", id, hash)).GetString());

        string operation = await Started(caller, "chainHead_v1_body", id, hash);
        JsonElement body = await caller.NextAsync(id);
        Assert.Equal(operation, body.GetProperty("operationId").GetString());
        Assert.Equal((await caller.CallAsync("chain_getBlock", hash)).GetProperty("block").GetProperty("extrinsics").GetRawText(), body.GetProperty("value").GetRawText());

        operation = await Started(caller, "chainHead_v1_call", id, hash, "Metadata_metadata_versions", "");
        Assert.Equal($$"""{"event":"operationCallDone","operationId":"{{operation}}","output":"0x0c0e0000000f00000010000000"}""", await caller.NextTextAsync(id));
        operation = await Started(caller, "chainHead_v1_call", id, hash, "No_such", "0x");
        Assert.Equal($$"""{"event":"operationError","operationId":"{{operation}}","error":"Execution failed: Other: Exported method No_such is not found"}""", await caller.NextTextAsync(id));
        Assert.Equal("-32802: The runtime call requires a follow with runtime updates", await caller.ErrorAsync("chainHead_v1_call", plain, hash, "Core_version", ""));
        Assert.Equal("-32803: Wait for continue event not generated", await caller.ErrorAsync("chainHead_v1_continue", id, operation));
        Assert.Equal("null", await caller.TextAsync("chainHead_v1_stopOperation", id, operation));
        foreach (string method in (string[])["header", "body", "call", "storage", "unpin", "continue", "stopOperation"]) Assert.StartsWith("-32602", await caller.ErrorAsync($"chainHead_v1_{method}"), StringComparison.Ordinal);
        Assert.StartsWith("-32602: Invalid params: withRuntime", await caller.ErrorAsync("chainHead_v1_follow"), StringComparison.Ordinal);
        Assert.Equal(NotPinned, await caller.ErrorAsync("chainHead_v1_call", id, TestNode.Hex(default(Hash256)), "Core_version", ""));
    }

    [Fact]
    public async Task StorageIsAskedInFiveWays()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string key = TestNode.Hex(Phala.Runtime.Interface.Aura.SlotDuration.Prefix);
        string id = await caller.SubscribeAsync("chainHead_v1_follow", true), hash = TestNode.Hex(node.Store.GenesisHash);
        await caller.NextAsync(id);
        await caller.NextAsync(id);
        MerkleTrie main = node.StateOf(node.Store.GenesisHash).Main;
        main.TryGetClosestDescendant(StateMethodsTests.Bytes(key), out ReadOnlyMemory<byte> merkle);
        string value = await caller.TextAsync("state_getStorage", key), digest = await caller.TextAsync("state_getStorageHash", key);
        string operation = await Started(caller, "chainHead_v1_storage", id, hash, new object[]
        {
            new { key, type = "value" }, new { key, type = "hash" }, new { key, type = "closestDescendantMerkleValue" },
            new { key = "0xdead", type = "value" }, new { key = "0xdead", type = "closestDescendantMerkleValue" }, new { key = "0x", type = "closestDescendantMerkleValue" },
        }, null);
        Assert.Equal(
            $$"""
            {"event":"operationStorageItems","operationId":"{{operation}}","items":[{"key":"{{key}}","value":{{value}}},{"key":"{{key}}","hash":{{digest}}},{"key":"{{key}}","closestDescendantMerkleValue":"{{TestNode.Hex(merkle.Span)}}"},{"key":"0x","closestDescendantMerkleValue":"{{TestNode.Hex(main.Root)}}"}]}
            """, await caller.NextTextAsync(id));
        Assert.Equal($$"""{"event":"operationStorageDone","operationId":"{{operation}}"}""", await caller.NextTextAsync(id));

        // A missing key has no item, and no items are no event.
        await Started(caller, "chainHead_v1_storage", id, hash, new[] { new { key = "0xdead", type = "hash" } }, null);
        Assert.Equal("operationStorageDone", Event(await caller.NextAsync(id)));

        await Started(caller, "chainHead_v1_storage", id, hash, new[] { new { key = "0xaa", type = "descendantsValues" }, new { key = "0xaa03", type = "descendantsHashes" } }, TestNode.Hex(TestNode.ChildName));
        JsonElement items = (await caller.NextAsync(id)).GetProperty("items");
        Assert.Equal(9, items.GetArrayLength());
        Assert.Equal(TestNode.Hex(new byte[40]), items[0].GetProperty("value").GetString());
        Assert.Equal("0xaa03", items[8].GetProperty("key").GetString());
        Assert.Equal(66, items[8].GetProperty("hash").GetString()!.Length);
        Assert.Equal("operationStorageDone", Event(await caller.NextAsync(id)));
        await Started(caller, "chainHead_v1_storage", id, hash, new[] { new { key = "0x", type = "descendantsValues" } }, "0x00");
        Assert.Equal("operationStorageDone", Event(await caller.NextAsync(id)));
        Assert.StartsWith("-32602: Invalid params: type: expected value, hash,", await caller.ErrorAsync("chainHead_v1_storage", id, hash, new[] { new { key = "0x", type = "size" } }), StringComparison.Ordinal);
        Assert.StartsWith("-32602: Invalid params: items", await caller.ErrorAsync("chainHead_v1_storage", id, hash, "0x"), StringComparison.Ordinal);

        // All of the storage, in as many events as it takes; what is over the limit of questions is named.
        object[] many = [.. Enumerable.Repeat<object>(new { key, type = "value" }, 1030)];
        JsonElement answer = await caller.CallAsync("chainHead_v1_storage", id, hash, many, null);
        Assert.Equal(6, answer.GetProperty("discardedItems").GetInt32());
        List<int> sizes = [];
        JsonElement next;
        while (Event(next = await caller.NextAsync(id)) == "operationStorageItems") sizes.Add(next.GetProperty("items").GetArrayLength());
        Assert.Equal([256, 256, 256, 256], sizes);
    }

    [Fact]
    public async Task AnUpgradeIsToldWithItsBlock()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string id = await caller.SubscribeAsync("chainHead_v1_follow", true);
        node.Author(node.Sign(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(new Upgrade.Schedule(2, 1001)))));
        node.Author();
        node.Author();
        for (int count = 0; count < 2; count++) await caller.NextAsync(id);
        List<string> runtimes = [];
        for (int count = 0; count < 6; count++)
        {
            JsonElement next = await caller.NextAsync(id);
            if (next.TryGetProperty("newRuntime", out JsonElement runtime)) runtimes.Add(runtime.ValueKind == JsonValueKind.Null ? "" : runtime.GetProperty("spec").GetProperty("specVersion").GetRawText());
        }

        Assert.Equal(["", "1001", ""], runtimes);
    }

    [Fact]
    public async Task FollowsAndPinsHaveLimits()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        List<string> ids = [];
        for (int count = 0; count < 4; count++) ids.Add(await caller.SubscribeAsync("chainHead_v1_follow", false));
        Assert.Equal("-32800: Maximum number of chainHead_follow has been reached", await caller.ErrorAsync("chainHead_v1_follow", false));
        await caller.CallAsync("chainHead_v1_unfollow", ids[0]);
        await caller.CallAsync("chainHead_v1_unfollow", ids[1]);
        await caller.CallAsync("chainHead_v1_unfollow", ids[2]);
        string tidy = await caller.SubscribeAsync("chainHead_v1_follow", false);
        foreach (string id in (string[])[ids[3], tidy]) Assert.Equal("initialized", Event(await caller.NextAsync(id)));
        foreach (string id in (string[])[ids[3], tidy]) await caller.NextAsync(id);

        // The genesis and 511 blocks may be pinned.
        List<Hash256> blocks = [];
        for (int count = 0; count < 511; count++)
        {
            blocks.Add(node.Author());
            Assert.Equal(NewBlock(blocks[^1], TestNode.Hex(node.HeaderOf(blocks[^1]).ParentHash)), await caller.NextTextAsync(ids[3]));
            Assert.Equal(Best(blocks[^1]), await caller.NextTextAsync(ids[3]));
            await caller.NextAsync(tidy);
            await caller.NextAsync(tidy);
            if (count == 100) await caller.CallAsync("chainHead_v1_unpin", tidy, blocks.Select(TestNode.Hex).ToArray());
        }

        node.Author();
        Assert.Equal("""{"event":"stop"}""", await caller.NextTextAsync(ids[3]));
        Assert.Equal("newBlock", Event(await caller.NextAsync(tidy)));
        Assert.Equal("bestBlockChanged", Event(await caller.NextAsync(tidy)));
        Assert.Equal("null", await caller.TextAsync("chainHead_v1_header", ids[3], TestNode.Hex(blocks[0])));
    }

    internal static string Event(JsonElement notification) => notification.GetProperty("event").GetString()!;

    private static async Task<string> Started(Caller caller, string method, params object?[] parameters)
    {
        JsonElement answer = await caller.CallAsync(method, parameters);
        Assert.Equal("started", answer.GetProperty("result").GetString());
        return answer.GetProperty("operationId").GetString()!;
    }

    private static string NewBlock(Hash256 block, string parent) => $$"""{"event":"newBlock","blockHash":"{{TestNode.Hex(block)}}","parentBlockHash":"{{parent}}"}""";

    private static string Best(Hash256 block) => $$"""{"event":"bestBlockChanged","bestBlockHash":"{{TestNode.Hex(block)}}"}""";
}
