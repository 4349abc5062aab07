using System.Text.Json;
using Phala.Chain;
using Phala.Codec;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Rpc.Methods;

/// <summary>Blocks, headers and heads.</summary>
public sealed class ChainMethodsTests
{
    private static readonly string Unknown = TestNode.Hex(new Hash256(new byte[32]));

    [Fact]
    public async Task HashesAreFoundByNumberInEveryForm()
    {
        await using TestNode node = await TestNode.StartAsync();
        Hash256 first = node.Author(), second = node.Author();
        using Caller caller = await node.ConnectAsync();
        string genesis = TestNode.Hex(node.Store.GenesisHash);
        Assert.Equal(TestNode.Hex(second), (await caller.CallAsync("chain_getBlockHash")).GetString());
        Assert.Equal(TestNode.Hex(second), (await caller.CallAsync("chain_getHead", (object?)null)).GetString());
        Assert.Equal(TestNode.Hex(first), (await caller.CallAsync("chain_getBlockHash", 1)).GetString());
        Assert.Equal(TestNode.Hex(second), (await caller.CallAsync("chain_getBlockHash", "0x2")).GetString());
        Assert.Equal(TestNode.Hex(first), (await caller.CallAsync("chain_getBlockHash", "1")).GetString());
        Assert.Equal($"[\"{genesis}\",null,\"{TestNode.Hex(second)}\"]", await caller.TextAsync("chain_getBlockHash", (object)new[] { 0, 3, 2 }));
        Assert.Equal("[]", await caller.TextAsync("chain_getBlockHash", (object)Array.Empty<int>()));
        Assert.Equal("null", await caller.TextAsync("chain_getBlockHash", uint.MaxValue));
        Assert.Equal("3001: `4294967296` > u32::MAX, the max block number is u32.", await caller.ErrorAsync("chain_getBlockHash", 1L << 32));
        Assert.StartsWith("4002: count exceeds maximum value. value: 4097, max: 4096", await caller.ErrorAsync("chain_getBlockHash", (object)new int[4097]), StringComparison.Ordinal);
        Assert.StartsWith("-32602", await caller.ErrorAsync("chain_getBlockHash", "x"), StringComparison.Ordinal);
        Assert.Equal(genesis, (await caller.CallAsync("chain_getFinalizedHead")).GetString());
        node.FinalizeBest();
        Assert.Equal(TestNode.Hex(second), (await caller.CallAsync("chain_getFinalisedHead")).GetString());
    }

    [Fact]
    public async Task AHeaderIsWrittenAsClientsReadIt()
    {
        await using TestNode node = await TestNode.StartAsync();
        Hash256 block = node.Author();
        Header header = node.HeaderOf(block);
        using Caller caller = await node.ConnectAsync();
        string logs = string.Join(',', header.Digest.Logs.ToArray().Select(item => $"\"{TestNode.Hex(Scale.Encode(item))}\""));
        Assert.NotEqual("", logs);
        string expected = $$$"""
            {"parentHash":"{{{TestNode.Hex(header.ParentHash)}}}","number":"0x1","stateRoot":"{{{TestNode.Hex(header.StateRoot)}}}","extrinsicsRoot":"{{{TestNode.Hex(header.ExtrinsicsRoot)}}}","digest":{"logs":[{{{logs}}}]}}
            """;
        Assert.Equal(expected, await caller.TextAsync("chain_getHeader"));
        Assert.Equal(expected, await caller.TextAsync("chain_getHeader", TestNode.Hex(block)));
        Assert.Equal("null", await caller.TextAsync("chain_getHeader", Unknown));
        JsonElement genesis = await caller.CallAsync("chain_getHeader", TestNode.Hex(node.Store.GenesisHash));
        Assert.Equal("0x0", genesis.GetProperty("number").GetString());
        Assert.Equal("[]", genesis.GetProperty("digest").GetProperty("logs").GetRawText());
        Assert.StartsWith("-32602", await caller.ErrorAsync("chain_getHeader", "0x00"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABlockHasItsExtrinsicsAndItsJustificationInNumbers()
    {
        await using TestNode node = await TestNode.StartAsync();
        Hash256 block = node.Author();
        using Caller caller = await node.ConnectAsync();
        JsonElement before = await caller.CallAsync("chain_getBlock");
        Assert.Equal(JsonValueKind.Null, before.GetProperty("justifications").ValueKind);
        node.Store.TryGetBody(block, out byte[][]? body);
        Assert.Single(body!);
        string inherent = before.GetProperty("block").GetProperty("extrinsics")[0].GetString()!;
        Assert.Equal($"0x{body![0].Length << 2:x2}{Convert.ToHexStringLower(body[0])}", inherent);
        Assert.Equal("0x1", before.GetProperty("block").GetProperty("header").GetProperty("number").GetString());

        node.FinalizeBest();
        JsonElement justification = (await caller.CallAsync("chain_getBlock", TestNode.Hex(block))).GetProperty("justifications");
        Assert.Equal("[70,82,78,75]", justification[0][0].GetRawText());
        node.Store.TryGetJustification(block, out byte[]? encoded);
        Assert.Equal(encoded!, (byte[])[.. justification[0][1].EnumerateArray().Select(each => each.GetByte())]);
        Assert.Equal("null", await caller.TextAsync("chain_getBlock", Unknown));
    }

    [Fact]
    public async Task NewHeadsAreToldOnceEachToAllWhoAsked()
    {
        await using TestNode node = await TestNode.StartAsync();
        Hash256 genesis = node.Store.GenesisHash;
        using Caller caller = await node.ConnectAsync();
        string[] ids = [await caller.SubscribeAsync("chain_subscribeNewHeads"), await caller.SubscribeAsync("chain_subscribeNewHead"), await caller.SubscribeAsync("subscribe_newHead")];
        string all = await caller.SubscribeAsync("chain_subscribeAllHeads");
        Assert.Equal("chain_newHead", await caller.PeekMethodAsync());
        foreach (string id in ids.Append(all)) Assert.Equal("0x0", Number(await caller.NextAsync(id)));

        Hash256 one = node.Author();
        foreach (string id in ids.Append(all)) Assert.Equal(await caller.TextAsync("chain_getHeader", TestNode.Hex(one)), await caller.NextTextAsync(id));

        // A fork of the same height is not the best block.
        Hash256 other = node.AuthorOn(genesis);
        Assert.NotEqual(one, other);
        Assert.Equal(await caller.TextAsync("chain_getHeader", TestNode.Hex(other)), await caller.NextTextAsync(all));
        await caller.ExpectNothingMoreAsync();

        Assert.Equal("true", await caller.TextAsync("chain_unsubscribeNewHead", ids[0]));
        Assert.Equal("false", await caller.TextAsync("chain_unsubscribeNewHeads", ids[0]));
        Assert.Equal("true", await caller.TextAsync("unsubscribe_newHead", ids[2]));
        Hash256 two = node.AuthorOn(other);
        Assert.Equal(TestNode.Hex(other), (await caller.NextAsync(ids[1])).GetProperty("parentHash").GetString());
        Assert.Equal("0x2", Number(await caller.NextAsync(all)));
        Assert.Equal(two, node.Store.Best.Hash);
        Assert.Equal("true", await caller.TextAsync("chain_unsubscribeAllHeads", all));
        await caller.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task EveryFinalizedHeadIsToldInOrder()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string id = await caller.SubscribeAsync("chain_subscribeFinalizedHeads"), alias = await caller.SubscribeAsync("chain_subscribeFinalisedHeads");
        Assert.Equal("0x0", Number(await caller.NextAsync(id)));
        for (int count = 0; count < 3; count++) node.Author();
        node.FinalizeBest();
        for (int number = 1; number <= 3; number++) Assert.Equal($"0x{number}", Number(await caller.NextAsync(id)));
        Assert.Equal("true", await caller.TextAsync("chain_unsubscribeFinalizedHeads", id));
        for (int number = 0; number <= 3; number++) Assert.Equal($"0x{number}", Number(await caller.NextAsync(alias)));
        string late = await caller.SubscribeAsync("chain_subscribeFinalizedHeads");
        Assert.Equal("0x3", Number(await caller.NextAsync(late)));
        await caller.ExpectNothingMoreAsync();
    }

    [Fact]
    public async Task FinalizingAnotherForkMakesItTheBest()
    {
        await using TestNode node = await TestNode.StartAsync();
        using Caller caller = await node.ConnectAsync();
        string id = await caller.SubscribeAsync("chain_subscribeNewHeads");
        Assert.Equal("0x0", Number(await caller.NextAsync(id)));
        Hash256 one = node.Author(), other = node.AuthorOn(node.Store.GenesisHash);
        node.Author();
        Assert.Equal("0x1", Number(await caller.NextAsync(id)));
        Assert.Equal("0x2", Number(await caller.NextAsync(id)));
        node.Finalize(other);
        Assert.Equal(await caller.TextAsync("chain_getHeader", TestNode.Hex(other)), await caller.NextTextAsync(id));
        Assert.Equal("null", await caller.TextAsync("chain_getBlock", TestNode.Hex(one)));
        await caller.ExpectNothingMoreAsync();
    }

    private static string Number(JsonElement header) => header.GetProperty("number").GetString()!;
}
