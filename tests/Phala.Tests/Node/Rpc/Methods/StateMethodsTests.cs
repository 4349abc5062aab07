using System.Globalization;
using System.Text.Json;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Node.Storage;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Trie.Proofs;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Node.Rpc.Methods;

/// <summary>Storage, proofs, runtime calls, metadata and versions.</summary>
public sealed class StateMethodsTests
{
    private static readonly string Code = TestNode.Hex(":code"u8);
    private static readonly string Nowhere = TestNode.Hex("nowhere"u8);
    private static readonly string NowKey = "0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb";
    private static readonly string AccountPrefix = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";

    [Fact]
    public async Task ValuesAreFoundWithTheirHashesAndSizes()
    {
        await using TestNode node = await TestNode.StartAsync();
        node.Author();
        using Caller caller = await node.ConnectAsync();
        byte[] code = TestChain.LightCode(1000), digest = new byte[32];
        Blake2b.Hash256(code, digest);
        string genesis = TestNode.Hex(node.Store.GenesisHash);
        foreach (string suffix in (string[])["", "At"])
        {
            Assert.Equal(TestNode.Hex(code), (await caller.CallAsync($"state_getStorage{suffix}", Code)).GetString());
            Assert.Equal(TestNode.Hex(digest), (await caller.CallAsync($"state_getStorageHash{suffix}", Code, genesis)).GetString());
            Assert.Equal(code.Length.ToString(CultureInfo.InvariantCulture), await caller.TextAsync($"state_getStorageSize{suffix}", Code, null));
        }

        foreach (string method in (string[])["state_getStorage", "state_getStorageHash", "state_getStorageSize"]) Assert.Equal("null", await caller.TextAsync(method, Nowhere));
        Assert.NotEqual(await caller.TextAsync("state_getStorage", NowKey), await caller.TextAsync("state_getStorage", NowKey, genesis));

        // Without a value of its own a prefix has the size of all under it.
        long sum = 0;
        TrieCursor cursor = new(node.StateOf(node.Store.Best.Hash).Main);
        byte[] prefix = Bytes(AccountPrefix);
        cursor.Seek(prefix);
        while (cursor.MoveNext() && cursor.Key.StartsWith(prefix)) sum += cursor.Value.Length;
        Assert.True(sum > 100);
        Assert.Equal(sum.ToString(CultureInfo.InvariantCulture), await caller.TextAsync("state_getStorageSize", AccountPrefix));
    }

    [Fact]
    public async Task WhatIsNotThereIsToldInSubstratesWords()
    {
        await using TestNode node = await TestNode.StartAsync(new StorageOptions { StatePruning = 2, MaintainInBackground = false });
        Hash256 first = node.Author();
        for (int count = 0; count < 6; count++) node.Author();
        node.FinalizeBest();
        node.Store.Maintain();
        using Caller caller = await node.ConnectAsync();
        string unknown = TestNode.Hex(default(Hash256)), pruned = TestNode.Hex(first);
        string isUnknown = $"4003: Client error: UnknownBlock: Header was not found in the database: {unknown}";
        string isPruned = $"4003: Client error: UnknownBlock: State already discarded for {pruned}";
        (string Method, object[] Before)[] calls =
        [
            ("state_getStorage", [Code]), ("state_getStorageHash", [Code]), ("state_getStorageSize", [Code]), ("state_getKeys", ["0x"]), ("state_getKeysPaged", ["0x", 1, "0x"]),
            ("state_getPairs", ["0x"]), ("state_queryStorageAt", [Array.Empty<string>()]), ("state_getReadProof", [Array.Empty<string>()]), ("state_call", ["Core_version", "0x"]),
            ("state_getMetadata", []), ("state_getRuntimeVersion", []), ("state_getChildReadProof", [ChildKey, Array.Empty<string>()]), ("childstate_getStorage", [ChildKey, "0x"]),
            ("childstate_getKeys", [ChildKey, "0x"]), ("childstate_getKeysPaged", [ChildKey, "0x", 1, "0x"]), ("childstate_getStorageEntries", [ChildKey, Array.Empty<string>()]),
            ("payment_queryInfo", ["0x00"]), ("payment_queryFeeDetails", ["0x00"]), ("system_dryRun", ["0x00"]),
        ];
        foreach ((string method, object[] before) in calls)
        {
            Assert.Equal(isUnknown, await caller.ErrorAsync(method, [.. before, unknown]));
            Assert.Equal(isPruned, await caller.ErrorAsync(method, [.. before, pruned]));
            Assert.StartsWith("-32602", await caller.ErrorAsync(method, [.. before, "0x12"]), StringComparison.Ordinal);
        }

        Assert.Equal(isPruned, await caller.ErrorAsync("state_queryStorage", Array.Empty<string>(), pruned));
        Assert.Equal(isUnknown, await caller.ErrorAsync("state_queryStorage", Array.Empty<string>(), unknown));
    }

    private static string ChildKey => TestNode.Hex(ChildTries.RootKey(TestNode.ChildName));

    [Fact]
    public async Task KeysComeInPages()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string[] all = Texts(await caller.CallAsync("state_getKeys", AccountPrefix));
        Assert.True(all.Length >= 6);
        Assert.Equal(all.Order(StringComparer.Ordinal), all);
        List<string> paged = [];
        string? start = AccountPrefix;
        while (true)
        {
            string[] page = Texts(await caller.CallAsync("state_getKeysPaged", AccountPrefix, 2, start));
            Assert.True(page.Length <= 2 && paged.Count <= all.Length);
            if (page.Length == 0) break;
            paged.AddRange(page);
            start = page[^1];
        }

        Assert.Equal(all, paged);
        Assert.Equal(all[..3], Texts(await caller.CallAsync("state_getKeysPagedAt", AccountPrefix, 3, null)));
        Assert.Equal(all[1..3], Texts(await caller.CallAsync("state_getKeysPaged", AccountPrefix, 2, all[0], null)));
        Assert.Equal(all[1], Texts(await caller.CallAsync("state_getKeysPaged", AccountPrefix, 1, all[0] + "00"))[0]);
        Assert.Equal("[]", await caller.TextAsync("state_getKeysPaged", AccountPrefix, 0));
        Assert.Equal("[]", await caller.TextAsync("state_getKeysPaged", AccountPrefix, 5, "0xff"));
        int total = node.StateOf(node.Store.Best.Hash).Main.Count;
        Assert.Equal(total, Texts(await caller.CallAsync("state_getKeysPaged", null, 1000)).Length);
        Assert.Equal(total, Texts(await caller.CallAsync("state_getKeys", "")).Length);
        Assert.Equal("4002: count exceeds maximum value. value: 1001, max: 1000", await caller.ErrorAsync("state_getKeysPaged", AccountPrefix, 1001));
        Assert.StartsWith("-32602: Invalid params: count", await caller.ErrorAsync("state_getKeysPaged", AccountPrefix), StringComparison.Ordinal);

        JsonElement pairs = await caller.CallAsync("state_getPairs", AccountPrefix);
        Assert.Equal(all, pairs.EnumerateArray().Select(pair => pair[0].GetString()!));
        Assert.Equal((await caller.CallAsync("state_getStorage", all[0])).GetString(), pairs[0][1].GetString());
    }

    [Fact]
    public async Task ManyKeysAreQueriedAtOnceAndOverARangeOfBlocks()
    {
        await using TestNode node = await TestNode.StartAsync();
        string genesis = TestNode.Hex(node.Store.GenesisHash), one = TestNode.Hex(node.Author()), two = TestNode.Hex(node.Author());
        string fork = TestNode.Hex(node.AuthorOn(node.Store.GenesisHash));
        using Caller caller = await node.ConnectAsync();
        string now = (await caller.CallAsync("state_getStorage", NowKey, two)).GetRawText(), before = (await caller.CallAsync("state_getStorage", NowKey, one)).GetRawText();
        Assert.Equal($$"""[{"block":"{{two}}","changes":[["{{NowKey}}",{{now}}],["{{Nowhere}}",null]]}]""", await caller.TextAsync("state_queryStorageAt", (object)new[] { NowKey, Nowhere }));
        Assert.Equal($$"""[{"block":"{{one}}","changes":[["{{NowKey}}",{{before}}]]}]""", await caller.TextAsync("state_queryStorageAt", new[] { NowKey }, one));
        string code = (await caller.CallAsync("state_getStorage", Code)).GetRawText();
        Assert.Equal(
            $$"""[{"block":"{{one}}","changes":[["{{NowKey}}",{{before}}],["{{Code}}",{{code}}]]},{"block":"{{two}}","changes":[["{{NowKey}}",{{now}}]]}]""",
            await caller.TextAsync("state_queryStorage", new[] { NowKey, Code }, one));
        Assert.Equal($$"""[{"block":"{{genesis}}","changes":[["{{Code}}",{{code}}]]}]""", await caller.TextAsync("state_queryStorage", new[] { Code }, genesis, two));
        Assert.Equal($"4001: Cannot resolve a block range ['\"2 ({two})\"' ... '\"1 ({one})\"]. from number > to number", await caller.ErrorAsync("state_queryStorage", new[] { Code }, two, one));
        Assert.Equal($"4001: Cannot resolve a block range ['\"1 ({fork})\"' ... '\"2 ({two})\"]. from and to are on different forks", await caller.ErrorAsync("state_queryStorage", new[] { Code }, fork, two));
        string[] many = [.. Enumerable.Repeat("0x", 16_385)];
        foreach ((string method, object[] parameters) in ((string, object[])[])[("state_queryStorageAt", [many]), ("state_queryStorage", [many, one]), ("state_getReadProof", [many]), ("state_getChildReadProof", [ChildKey, many]), ("childstate_getStorageEntries", [ChildKey, many])])
        {
            Assert.Equal("4002: count exceeds maximum value. value: 16385, max: 16384", await caller.ErrorAsync(method, parameters));
        }
    }

    [Fact]
    public async Task ProofsConvinceWhoKnowsTheRoot()
    {
        await using TestNode node = await TestNode.StartAsync();
        Hash256 block = node.Author();
        using Caller caller = await node.ConnectAsync();
        JsonElement childAnswer = await caller.CallAsync("state_getChildReadProof", ChildKey, new[] { "0xaa03" });
        string missing = TestNode.Hex(ChildTries.RootKey("missing"u8)), now = (await caller.CallAsync("state_getStorage", NowKey)).GetString()!;
        Assert.NotEmpty(Texts((await caller.CallAsync("state_getChildReadProof", missing, new[] { "0xaa03" })).GetProperty("proof")));
        Assert.Equal("4003: Client error: Invalid child storage key", await caller.ErrorAsync("state_getChildReadProof", "0x00", Array.Empty<string>()));
        JsonElement answer = await caller.CallAsync("state_getReadProof", new[] { NowKey, Nowhere }, TestNode.Hex(block));
        Assert.Equal(TestNode.Hex(block), answer.GetProperty("at").GetString());
        byte[] encoded = ReadProofBuilder.Encode([.. Texts(answer.GetProperty("proof")).Select(Bytes)]);
        Hash256 root = node.HeaderOf(block).StateRoot;
        Assert.True(TrieProof.TryOpen(encoded, root, ProofPolicy.Minimal, out TrieProof? proof, out ProofError error), error.ToString());
        Assert.Equal(ProofLookup.Present, proof.TryGet(Bytes(NowKey), out ReadOnlySpan<byte> value));
        Assert.Equal(now, TestNode.Hex(value));
        Assert.Equal(ProofLookup.Absent, proof.TryGet(Bytes(Nowhere), out _));

        encoded = ReadProofBuilder.Encode([.. Texts(childAnswer.GetProperty("proof")).Select(Bytes)]);
        Assert.True(TrieProof.TryOpen(encoded, root, ProofPolicy.Minimal, out proof, out error), error.ToString());
        Assert.Equal(ProofLookup.Present, proof.TryOpenChild(TestNode.ChildName, out TrieProof? child));
        Assert.Equal(ProofLookup.Present, child!.TryGet(Bytes("0xaa03"), out value));
        Assert.Equal(43, value.Length);
    }

    [Fact]
    public async Task ChildTriesAreReadByTheirKey()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        Assert.Equal("40", await caller.TextAsync("childstate_getStorageSize", ChildKey, "0xaa00"));
        string value = (await caller.CallAsync("childstate_getStorage", ChildKey, "0xaa01")).GetString()!;
        Assert.Equal(TestNode.Hex(new byte[41]), value);
        byte[] digest = new byte[32];
        Blake2b.Hash256(new byte[41], digest);
        Assert.Equal(TestNode.Hex(digest), (await caller.CallAsync("childstate_getStorageHash", ChildKey, "0xaa01")).GetString());
        Assert.Equal($"[\"{value}\",null]", await caller.TextAsync("childstate_getStorageEntries", ChildKey, new[] { "0xaa01", "0xbb" }));
        Assert.Equal("null", await caller.TextAsync("childstate_getStorage", TestNode.Hex(ChildTries.RootKey("missing"u8)), "0xaa01"));
        Assert.Equal(8, Texts(await caller.CallAsync("childstate_getKeys", ChildKey, "0xaa")).Length);
        Assert.Equal("[]", await caller.TextAsync("childstate_getKeys", ChildKey, "0xbb"));
        Assert.Equal("""["0xaa03","0xaa04"]""", await caller.TextAsync("childstate_getKeysPaged", ChildKey, "0xaa", 2, "0xaa02"));
        Assert.Equal("""["0xaa00"]""", await caller.TextAsync("childstate_getKeysPagedAt", ChildKey, null, 1));
        Assert.Equal("4002: count exceeds maximum value. value: 1001, max: 1000", await caller.ErrorAsync("childstate_getKeysPaged", ChildKey, null, 1001));
        foreach (string method in (string[])["childstate_getStorage", "childstate_getStorageHash", "childstate_getStorageSize", "childstate_getKeys", "childstate_getKeysPaged", "childstate_getStorageEntries"])
        {
            foreach (string stranger in (string[])["0x1234", TestNode.Hex(new byte[40])]) Assert.Equal("4003: Client error: Invalid child storage key", await caller.ErrorAsync(method, stranger, "0x", 1));
            Assert.StartsWith("-32602: Invalid params: childStorageKey", await caller.ErrorAsync(method), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TheRuntimeIsAsked()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        Assert.Equal("0x0c0e0000000f00000010000000", (await caller.CallAsync("state_call", "Metadata_metadata_versions", "")).GetString());
        Assert.Equal("0x0000000000000000", (await caller.CallAsync("state_callAt", "GrandpaApi_current_set_id", "0x", TestNode.Hex(node.Store.GenesisHash))).GetString());
        Assert.Equal("4003: Client error: Execution failed: Other: Exported method No_such is not found", await caller.ErrorAsync("state_call", "No_such", "0x"));
        Assert.Equal(
            "4003: Client error: Execution failed: Execution aborted due to panic: Bad input data provided to AccountNonceApi_account_nonce", await caller.ErrorAsync("state_call", "AccountNonceApi_account_nonce", "0x00"));
        string metadata = (await caller.CallAsync("state_getMetadata")).GetString()!;
        Assert.StartsWith("0x6d6574610e", metadata, StringComparison.Ordinal);
        string wrapped = (await caller.CallAsync("state_call", "Metadata_metadata", "0x")).GetString()!;
        Assert.EndsWith(metadata[2..], wrapped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheVersionIsToldUnderBothNames()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        JsonElement version = await caller.CallAsync("state_getRuntimeVersion");
        Assert.Equal(
            ["specName", "implName", "authoringVersion", "specVersion", "implVersion", "apis", "transactionVersion", "systemVersion", "stateVersion"],
            version.EnumerateObject().Select(member => member.Name));
        Assert.Equal(1000, version.GetProperty("specVersion").GetInt32());
        Assert.Equal(1, version.GetProperty("stateVersion").GetInt32());
        Assert.Equal(1, version.GetProperty("systemVersion").GetInt32());
        Assert.Contains("""["0x37e397fc7c91f5e4",2]""", version.GetProperty("apis").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(version.GetRawText(), await caller.TextAsync("chain_getRuntimeVersion"));
    }

    [Fact]
    public async Task AnUpgradeIsToldToWhoListens()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string id = await caller.SubscribeAsync("state_subscribeRuntimeVersion"), alias = await caller.SubscribeAsync("chain_subscribeRuntimeVersion");
        Assert.Equal(1000, (await caller.NextAsync(id)).GetProperty("specVersion").GetInt32());
        await caller.NextAsync(alias);
        node.Author();
        await caller.ExpectNothingMoreAsync();
        node.Author(node.Sign(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(new Upgrade.Schedule(3, 1001)))));
        node.Author();
        node.Author();
        Assert.Equal(1001, (await caller.NextAsync(id)).GetProperty("specVersion").GetInt32());
        Assert.Equal(await caller.TextAsync("state_getRuntimeVersion"), await caller.NextTextAsync(alias));
        Assert.Equal("true", await caller.TextAsync("state_unsubscribeRuntimeVersion", id));
        Assert.Equal("true", await caller.TextAsync("chain_unsubscribeRuntimeVersion", alias));
        await caller.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task StorageIsToldInFullAndThenWhereItChanges()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string account = TestNode.Hex(FrameSystem.Account.Key(Actor.Bob.Account)), genesis = TestNode.Hex(node.Store.GenesisHash);
        string id = await caller.SubscribeAsync("state_subscribeStorage", (object)new[] { account, NowKey, Nowhere });
        string same = await caller.SubscribeAsync("state_subscribeStorage", (object)new[] { account, NowKey, Nowhere });
        string other = await caller.SubscribeAsync("state_subscribeStorage", (object)new[] { account });
        string child = await caller.SubscribeAsync("state_subscribeStorage", (object)new[] { ChildKey });
        string bob = await caller.TextAsync("state_getStorage", account), now = await caller.TextAsync("state_getStorage", NowKey);
        string full = $$"""{"block":"{{genesis}}","changes":[["{{account}}",{{bob}}],["{{NowKey}}",{{now}}],["{{Nowhere}}",null]]}""";
        Assert.Equal(full, await caller.NextTextAsync(id));
        Assert.Equal(full, await caller.NextTextAsync(same));
        Assert.Equal($$"""{"block":"{{genesis}}","changes":[["{{account}}",{{bob}}]]}""", await caller.NextTextAsync(other));
        Assert.Single((await caller.NextAsync(child)).GetProperty("changes").EnumerateArray());

        string one = TestNode.Hex(node.Author());
        string change = $$"""{"block":"{{one}}","changes":[["{{NowKey}}",{{await caller.TextAsync("state_getStorage", NowKey)}}]]}""";
        Assert.Equal(change, await caller.NextTextAsync(id));
        Assert.Equal(change, await caller.NextTextAsync(same));
        await caller.ExpectNothingMoreAsync();

        // Another fork, on which Bob has something, becomes the best one with its second block, which does not touch Bob.
        Hash256 paying = node.AuthorOn(node.Store.GenesisHash, node.Sign(Actor.Alice, new Balances.TransferKeepAlive(Actor.Bob.Address, Balances.Pha)));
        await caller.ExpectNothingMoreAsync();
        Hash256 best = node.AuthorOn(paying);
        Assert.Equal(best, node.Store.Best.Hash);
        string paid = await caller.TextAsync("state_getStorage", account);
        Assert.NotEqual(bob, paid);
        Assert.Equal($$"""{"block":"{{TestNode.Hex(best)}}","changes":[["{{account}}",{{paid}}]]}""", await caller.NextTextAsync(other));
        Assert.Equal(2, (await caller.NextAsync(id)).GetProperty("changes").GetArrayLength());
        Assert.Equal("true", await caller.TextAsync("state_unsubscribeStorage", id));
        Assert.Equal("false", await caller.TextAsync("state_unsubscribeStorage", id));
        Assert.Equal(2, (await caller.NextAsync(same)).GetProperty("changes").GetArrayLength());
        await caller.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task WatchedKeysHaveLimits()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string[] many = [.. Enumerable.Range(0, 4096).Select(number => $"0x{number:x8}")];
        Assert.Equal("4002: count exceeds maximum value. value: 4097, max: 4096", await caller.ErrorAsync("state_subscribeStorage", (object)many.Append("0x").ToArray()));
        Assert.StartsWith("-32602: Invalid params: keys", await caller.ErrorAsync("state_subscribeStorage"), StringComparison.Ordinal);
        string first = "";
        for (int count = 0; count < 8; count++) first = await caller.SubscribeAsync("state_subscribeStorage", (object)many);
        Assert.Equal("4002: count exceeds maximum value. value: 32769, max: 32768", await caller.ErrorAsync("state_subscribeStorage", (object)new[] { "0x" }));
        await caller.CallAsync("state_unsubscribeStorage", first);
        await caller.SubscribeAsync("state_subscribeStorage", (object)new[] { "0x" });
    }

    internal static byte[] Bytes(string hex) => Hex.TryParse(hex, out byte[] bytes) ? bytes : throw new ArgumentException(hex, nameof(hex));

    internal static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(each => each.GetString()!)];
}
