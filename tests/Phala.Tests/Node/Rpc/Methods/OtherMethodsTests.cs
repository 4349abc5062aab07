using System.Text.Json;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Node.Rpc;
using Phala.Node.Storage;
using Phala.Runtime.Interface;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Rpc.Methods;

/// <summary>The node itself, its chain specification, old blocks and finality; and which methods there are.</summary>
public sealed class OtherMethodsTests
{
    [Fact]
    public async Task TheNodeSaysWhatItIs()
    {
        await using TestNode node = await TestNode.StartAsync();
        node.Author();
        using Caller caller = await node.ConnectAsync();
        string genesis = TestNode.Hex(node.Store.GenesisHash);
        (string Method, string Expected)[] answers =
        [
            ("system_name", "\"phala-node\""), ("system_version", "\"1.2.3\""), ("system_chain", "\"Test\""), ("system_chainType", "\"Development\""),
            ("system_properties", """{"ss58Format":30,"tokenDecimals":12,"tokenSymbol":"PHA"}"""), ("system_health", """{"peers":1,"isSyncing":false,"shouldHavePeers":true}"""),
            ("system_nodeRoles", """["Authority"]"""), ("system_localPeerId", "\"12D3KooW\""), ("system_localListenAddresses", """["/ip4/127.0.0.1/tcp/30333/p2p/12D3KooW"]"""),
            ("system_peers", $$"""[{"peerId":"12D3Peer","roles":"FULL","bestHash":"{{genesis}}","bestNumber":7}]"""),
            ("system_syncState", """{"startingBlock":0,"currentBlock":1,"highestBlock":7}"""),
            ("chainSpec_v1_chainName", "\"Test\""), ("chainSpec_v1_genesisHash", $"\"{genesis}\""), ("chainSpec_v1_properties", """{"ss58Format":30,"tokenDecimals":12,"tokenSymbol":"PHA"}"""),
        ];
        foreach ((string method, string expected) in answers) Assert.Equal(expected, await caller.TextAsync(method));
        Assert.Equal("-32602: Invalid params: account: expected an address of 32 bytes", await caller.ErrorAsync("system_accountNextIndex", "5Grwva"));
        Assert.StartsWith("-32602: Invalid params: account", await caller.ErrorAsync("system_accountNextIndex"), StringComparison.Ordinal);
        await using TestNode custom = await TestNode.StartAsync(chainType: "x");
        using Caller other = await custom.ConnectAsync();
        Assert.Equal("""{"Custom":"x"}""", await other.TextAsync("system_chainType"));
    }

    [Fact]
    public async Task ATransactionIsTriedWithoutBeingSent()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string good = TestNode.Hex(node.Sign(Actor.Alice, new Balances.TransferKeepAlive(Actor.Bob.Address, Balances.Pha)));
        string stale = TestNode.Hex(node.Sign(Actor.Alice, new Balances.TransferKeepAlive(Actor.Bob.Address, Balances.Pha), nonce: 7));
        Assert.Equal("\"0x0000\"", await caller.TextAsync("system_dryRun", good));
        Assert.Equal("\"0x0000\"", await caller.TextAsync("system_dryRunAt", good, TestNode.Hex(node.Store.GenesisHash)));
        Assert.Equal("\"0x010002\"", await caller.TextAsync("system_dryRun", stale));
        Assert.StartsWith("2: Unable to dry run extrinsic: ", await caller.ErrorAsync("system_dryRun", "0x1234"), StringComparison.Ordinal);
        Assert.Equal("0", await caller.TextAsync("system_accountNextIndex", Phala.Crypto.Keys.Ss58.Encode(Actor.Alice.Account.AsSpan(), 30)));
    }

    [Fact]
    public async Task OldBlocksAreFoundByHeight()
    {
        await using TestNode node = await TestNode.StartAsync(new StorageOptions { StatePruning = 2, MaintainInBackground = false });
        Hash256 first = node.Author(), fork = node.AuthorOn(node.Store.GenesisHash);
        using Caller caller = await node.ConnectAsync();
        string one = TestNode.Hex(first), unknown = TestNode.Hex(default(Hash256));
        Assert.Equal("0", await caller.TextAsync("archive_v1_finalizedHeight"));
        Assert.Equal($"\"{TestNode.Hex(node.Store.GenesisHash)}\"", await caller.TextAsync("archive_v1_genesisHash"));
        Assert.Equal($"[\"{one}\",\"{TestNode.Hex(fork)}\"]", await caller.TextAsync("archive_v1_hashByHeight", 1));
        Assert.Equal("[]", await caller.TextAsync("archive_v1_hashByHeight", 2));
        Assert.Equal("[]", await caller.TextAsync("archive_v1_hashByHeight", 1L << 40));
        Assert.Equal($"\"{TestNode.Hex(Scale.Encode(node.HeaderOf(first)))}\"", await caller.TextAsync("archive_v1_header", one));
        Assert.Equal((await caller.CallAsync("chain_getBlock", one)).GetProperty("block").GetProperty("extrinsics").GetRawText(), await caller.TextAsync("archive_v1_body", one));
        Assert.Equal("""{"success":true,"value":"0x0c0e0000000f00000010000000"}""", await caller.TextAsync("archive_v1_call", one, "Metadata_metadata_versions", ""));
        Assert.Equal("""{"success":false,"error":"Execution failed: Other: Exported method No_such is not found"}""", await caller.TextAsync("archive_v1_call", one, "No_such", ""));
        foreach (string method in (string[])["header", "body", "call"])
        {
            Assert.Equal("null", await caller.TextAsync($"archive_v1_{method}", unknown, "Core_version", ""));
            Assert.StartsWith("-32602: Invalid params: hash", await caller.ErrorAsync($"archive_v1_{method}"), StringComparison.Ordinal);
        }

        for (int count = 0; count < 6; count++) node.Author();
        node.FinalizeBest();
        node.Store.Maintain();
        Assert.Equal("7", await caller.TextAsync("archive_v1_finalizedHeight"));
        Assert.Equal($"[\"{one}\"]", await caller.TextAsync("archive_v1_hashByHeight", 1));
        string discarded = $"UnknownBlock: State already discarded for {one}";
        Assert.Equal($$"""{"success":false,"error":"{{discarded}}"}""", await caller.TextAsync("archive_v1_call", one, "Core_version", ""));
        foreach (string method in (string[])["storage", "storageDiff"])
        {
            string walk = await caller.SubscribeAsync($"archive_v1_{method}", one, Array.Empty<object>());
            Assert.Equal($$"""{"event":"{{method}}Error","error":"{{discarded}}"}""", await caller.NextTextAsync(walk));
        }
    }

    [Fact]
    public async Task StorageOfOldBlocksIsWalked()
    {
        await using TestNode node = await TestNode.StartAsync();
        string genesis = TestNode.Hex(node.Store.GenesisHash), code = TestNode.Hex(":code"u8);
        using Caller caller = await node.ConnectAsync();
        string value = await caller.TextAsync("state_getStorage", code);
        string id = await caller.SubscribeAsync("archive_v1_storage", genesis, new[] { new { key = code, type = "value" } }, null);
        Assert.Equal("archive_v1_storageEvent", await caller.PeekMethodAsync());
        Assert.Equal($$"""{"event":"storage","key":"{{code}}","value":{{value}}}""", await caller.NextTextAsync(id));
        Assert.Equal("""{"event":"storageDone"}""", await caller.NextTextAsync(id));

        string child = TestNode.Hex(TestNode.ChildName);
        id = await caller.SubscribeAsync("archive_v1_storage", genesis, new object[] { new { key = "0xaa", type = "descendantsHashes", paginationStartKey = "0xaa05" }, new { key = "0xaa", type = "closestDescendantMerkleValue" } }, child);
        foreach (string key in (string[])["0xaa06", "0xaa07"])
        {
            JsonElement next = await caller.NextAsync(id);
            Assert.Equal((key, child, 66), (next.GetProperty("key").GetString(), next.GetProperty("childTrieKey").GetString(), next.GetProperty("hash").GetString()!.Length));
        }

        Assert.Equal(["event", "key", "closestDescendantMerkleValue", "childTrieKey"], (await caller.NextAsync(id)).EnumerateObject().Select(member => member.Name));
        Assert.Equal("storageDone", ChainHeadMethodsTests.Event(await caller.NextAsync(id)));
        Assert.Equal("null", await caller.TextAsync("archive_v1_stopStorage", id));
        Assert.StartsWith("-32602: Invalid params: type", await caller.ErrorAsync("archive_v1_storage", genesis, new[] { new { key = code, type = "size" } }), StringComparison.Ordinal);
        Assert.StartsWith("4002", await caller.ErrorAsync("archive_v1_storage", genesis, Enumerable.Repeat(new { key = code, type = "hash" }, 1025).ToArray()), StringComparison.Ordinal);
        string unknown = TestNode.Hex(default(Hash256));
        id = await caller.SubscribeAsync("archive_v1_storage", unknown, Array.Empty<object>());
        Assert.Equal($$"""{"event":"storageError","error":"UnknownBlock: Header was not found in the database: {{unknown}}"}""", await caller.NextTextAsync(id));
    }

    [Fact]
    public async Task StorageOfTwoBlocksIsCompared()
    {
        await using TestNode node = await TestNode.StartAsync();
        string genesis = TestNode.Hex(node.Store.GenesisHash);
        Hash256 first = node.Author(), second = node.Author(node.Sign(Actor.Alice, new Balances.TransferKeepAlive(Actor.Bob.Address, Balances.Pha)));
        using Caller caller = await node.ConnectAsync();
        string accounts = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";
        string id = await caller.SubscribeAsync("archive_v1_storageDiff", TestNode.Hex(second), new[] { new { key = accounts, returnType = "value" } });
        Assert.Equal("archive_v1_storageDiffEvent", await caller.PeekMethodAsync());
        List<string> told = [];
        JsonElement next;
        while (ChainHeadMethodsTests.Event(next = await caller.NextAsync(id)) == "storageDiff") told.Add(next.GetRawText());
        Assert.Equal("storageDiffDone", ChainHeadMethodsTests.Event(next));
        string[] expected = [.. new[] { Actor.Alice, Actor.Bob }.Select(actor => TestNode.Hex(FrameSystem.Account.Key(actor.Account))).Order(StringComparer.Ordinal)];
        string[] values = [await caller.TextAsync("state_getStorage", expected[0]), await caller.TextAsync("state_getStorage", expected[1])];
        Assert.Equal([.. expected.Zip(values, (key, value) => $$"""{"event":"storageDiff","key":"{{key}}","value":{{value}},"type":"modified"}""")], told);

        // From the genesis to the first block a key appears; the other way round it goes. Every key is named once, as a naive comparison finds them.
        Assert.Equal(Naive(node, node.Store.GenesisHash, first), await DiffAsync(caller, TestNode.Hex(first), genesis));
        List<string> back = await DiffAsync(caller, genesis, TestNode.Hex(first));
        Assert.Equal(Naive(node, first, node.Store.GenesisHash), back);
        Assert.Contains(back, line => line.EndsWith("deleted", StringComparison.Ordinal));
        Assert.Empty(await DiffAsync(caller, genesis, genesis));
        id = await caller.SubscribeAsync("archive_v1_storageDiff", TestNode.Hex(second), new[] { new { key = "0x", returnType = "value", childTrieKey = TestNode.Hex(TestNode.ChildName) } });
        Assert.Equal("storageDiffDone", ChainHeadMethodsTests.Event(await caller.NextAsync(id)));
        Assert.Equal("null", await caller.TextAsync("archive_v1_stopStorageDiff", id));
        Assert.Equal("null", await caller.TextAsync("archive_v1_storageDiff_stopStorageDiff", id));
        Assert.StartsWith("-32602: Invalid params: returnType", await caller.ErrorAsync("archive_v1_storageDiff", genesis, new[] { new { key = "0x", returnType = "size" } }), StringComparison.Ordinal);
        Assert.StartsWith("4002", await caller.ErrorAsync("archive_v1_storageDiff", genesis, Enumerable.Repeat(new { returnType = "hash" }, 1025).ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FinalityIsProved()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string id = await caller.SubscribeAsync("grandpa_subscribeJustifications");
        Hash256[] blocks = [node.Author(), node.Author(), node.Author()];
        Assert.Equal("4: Prove finality RPC failed: Block has not yet been finalized", await caller.ErrorAsync("grandpa_proveFinality", 1));
        node.FinalizeBest();
        Assert.True(node.Store.TryGetJustification(blocks[2], out byte[]? justification));
        Assert.Equal($"\"{TestNode.Hex(justification)}\"", await caller.NextTextAsync(id));
        Assert.Equal("true", await caller.TextAsync("grandpa_unsubscribeJustifications", id));

        AuthoritySet.TryCreate(0, Grandpa.Authorities.Get(node.StateOf(blocks[2]).Main), out AuthoritySet? set);
        foreach ((int number, int headers) in ((int, int)[])[(1, 2), (2, 1), (3, 0)])
        {
            byte[] encoded = StateMethodsTests.Bytes((await caller.CallAsync("grandpa_proveFinality", number)).GetString()!);
            Assert.Equal(FinalityProofError.None, FinalityProof.Verify(encoded, set!, out FinalityProof proof));
            Assert.Equal((blocks[2], headers), (proof.Block, proof.UnknownHeaders.Length));
        }

        Assert.StartsWith("-32602: Invalid params: block", await caller.ErrorAsync("grandpa_proveFinality"), StringComparison.Ordinal);
        JsonElement round = await caller.CallAsync("grandpa_roundState");
        Assert.Equal(["setId", "best", "background"], round.EnumerateObject().Select(member => member.Name));
        JsonElement best = round.GetProperty("best");
        Assert.Equal((4, 2, 2), (best.GetProperty("round").GetInt32(), best.GetProperty("totalWeight").GetInt32(), best.GetProperty("thresholdWeight").GetInt32()));
        foreach (string votes in (string[])["prevotes", "precommits"])
        {
            Assert.Equal(0, best.GetProperty(votes).GetProperty("currentWeight").GetInt32());
            Assert.Equal(2, best.GetProperty(votes).GetProperty("missing").GetArrayLength());
        }
    }

    [Fact]
    public async Task ThereAreExactlyTheseMethods()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string[] methods = [.. StateMethodsTests.Texts((await caller.CallAsync("rpc_methods")).GetProperty("methods")).Where(name => !name.StartsWith("test_", StringComparison.Ordinal))];
        string snapshot = Phala.Testing.Repository.Path("tests/Phala.Tests/Node/Rpc/Methods/methods.txt");
        Assert.Equal(await File.ReadAllLinesAsync(snapshot, TestContext.Current.CancellationToken), methods);
    }

    [Fact]
    public async Task WhatIsForTheOperatorIsRefusedToOthers()
    {
        await using TestNode node = await TestNode.StartAsync(rpc: new RpcOptions { Methods = RpcMethodPolicy.Safe });
        using Caller caller = await node.ConnectAsync();
        string[] operators = ["author_insertKey", "author_rotateKeys", "author_hasKey", "author_hasSessionKeys", "author_removeExtrinsic", "state_getPairs", "state_queryStorage", "system_dryRun", "system_dryRunAt"];
        foreach (string method in operators) Assert.Equal("-32601: RPC call is unsafe to be called externally", await caller.ErrorAsync(method));
        JsonElement all = (await caller.CallAsync("rpc_methods")).GetProperty("methods");
        foreach (string method in StateMethodsTests.Texts(all).Except(operators).Where(name => !name.StartsWith("test_", StringComparison.Ordinal)))
        {
            string reply = await node.Server.PostAsync(CallTests.Request(method, "[]"));
            Assert.DoesNotContain("unsafe", reply, StringComparison.Ordinal);
            Assert.DoesNotContain("Internal error", reply, StringComparison.Ordinal);
        }
    }

    private static async Task<List<string>> DiffAsync(Caller caller, string block, string previous)
    {
        string id = await caller.SubscribeAsync("archive_v1_storageDiff", block, null, previous);
        List<string> told = [];
        JsonElement next;
        while (ChainHeadMethodsTests.Event(next = await caller.NextAsync(id)) == "storageDiff") told.Add($"{next.GetProperty("key").GetString()} {next.GetProperty("type").GetString()}");
        return told;
    }

    private static List<string> Naive(TestNode node, Hash256 from, Hash256 to)
    {
        Dictionary<string, string> before = All(node, from), after = All(node, to);
        List<string> found = [];
        foreach (string key in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            if (!after.TryGetValue(key, out string? value)) found.Add($"{key} deleted");
            else if (!before.TryGetValue(key, out string? old)) found.Add($"{key} added");
            else if (old != value) found.Add($"{key} modified");
        }

        return found;
    }

    private static Dictionary<string, string> All(TestNode node, Hash256 block)
    {
        Dictionary<string, string> all = [];
        TrieCursor cursor = new(node.StateOf(block).Main);
        while (cursor.MoveNext()) all.Add(TestNode.Hex(cursor.Key), TestNode.Hex(cursor.Value.Span));
        return all;
    }
}
