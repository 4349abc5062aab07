using System.Text.Json;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Node.Storage;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Testing.Chain;
using Phala.Tests.Runtime.Workers;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Rpc.Methods;

/// <summary>What relayers ask: the queue, its bodies, the way to a final block, the next message of a sender.</summary>
public sealed class QueueMethodsTests
{
    private static readonly GenesisConfig Genesis = TestChain.Usual with { AllowInsecureDev = true, AllowedMeasurements = [PhalaChain.Program], SessionLength = 4 };

    private static readonly Vec<byte> Topic = Vec.Create("some/topic"u8);

    [Fact]
    public async Task TheQueueIsThatOfTheBlocksAsFarAsItIsFinal()
    {
        await using TestNode node = await TestNode.StartAsync(genesis: Genesis);
        using Caller caller = await node.ConnectAsync();
        Assert.Equal("[]", await caller.TextAsync("pha_getQueueEntries", 0, 10));
        Push(node, 1);
        node.Author();
        Push(node, 2);
        Assert.Equal("[]", await caller.TextAsync("pha_getQueueEntries", 0, 10));
        node.FinalizeBest();
        for (byte at = 3; at < 40; at++) node.Author();
        node.FinalizeBest();
        Push(node, 3);

        List<(QueueEntry Entry, QueueHead Head)> expected = Fold(node);
        Assert.Equal(3, expected.Count);
        JsonElement entries = await caller.CallAsync("pha_getQueueEntries", 0, 10);
        Assert.Equal(expected.Count, entries.GetArrayLength());
        for (int at = 0; at < expected.Count; at++)
        {
            JsonElement entry = entries[at];
            Assert.Equal((ulong)at + 1, entry.GetProperty("count").GetUInt64());
            Assert.Equal(TestNode.Hex(Scale.Encode(expected[at].Entry)), entry.GetProperty("entry").GetString());
            Assert.Equal(TestNode.Hex(expected[at].Entry.Hash()), entry.GetProperty("hash").GetString());
            Assert.Equal(expected[at].Entry.BlockNumber, entry.GetProperty("blockNumber").GetUInt32());
            node.Store.TryGetHash(expected[at].Entry.BlockNumber, out Hash256 block);
            Assert.Equal(TestNode.Hex(block), entry.GetProperty("blockHash").GetString());
        }

        Assert.Equal(2, (await caller.CallAsync("pha_getQueueEntries", 1, 10)).GetArrayLength());
        Assert.Equal(1, (await caller.CallAsync("pha_getQueueEntries", 0, 1)).GetArrayLength());
        byte[] hashes = Bytes(await caller.CallAsync("pha_getEntryHashes", 0, 9));
        Assert.Equal([.. expected.SelectMany(each => each.Entry.Hash().AsSpan().ToArray())], hashes);
        Assert.Equal(hashes[32..64], Bytes(await caller.CallAsync("pha_getEntryHashes", 1, 2)));
        Assert.Equal("\"0x\"", await caller.TextAsync("pha_getEntryHashes", 2, 2));
        Assert.Equal("\"0x\"", await caller.TextAsync("pha_getEntryHashes", 7, 9));
    }

    [Fact]
    public async Task BodiesAreThoseThatEntriesNameByChannel()
    {
        await using TestNode node = await TestNode.StartAsync(genesis: Genesis);
        using Caller caller = await node.ConnectAsync();
        Hash256 cluster = AddCluster(node);
        Push(node, 5);
        node.FinalizeBest();
        ulong last = (ulong)Fold(node).Count;
        string system = TestNode.Hex(Scale.Encode(Channel.System)), own = TestNode.Hex(Scale.Encode(Channel.OfCluster(cluster))), other = TestNode.Hex(Scale.Encode(Channel.OfCluster(default)));
        JsonElement bodies = await caller.CallAsync("pha_getQueueBodies", (ulong[])[last - 1, last, 99], new[] { own, system, other });
        Assert.Equal([own, system], Names(bodies[0]));
        Assert.Equal([system], Names(bodies[1]));
        Assert.Empty(Names(bodies[2]));
        foreach ((int place, QueueEntry entry) in ((int, QueueEntry)[])[(0, Fold(node)[^2].Entry), (1, Fold(node)[^1].Entry)])
        {
            foreach (JsonElement body in bodies[place].GetProperty("bodies").EnumerateArray())
            {
                Assert.True(entry.TryGetBody(Scale.Decode<Channel>(Bytes(body.GetProperty("channel"))).Value, out Hash256 hash));
                Assert.Equal(hash, EntryDraft.HashOf(Bytes(body.GetProperty("messages"))));
            }
        }

        Vec<Message> messages = Scale.Decode<VecCodec<Message, Message>, Vec<Message>>(Bytes(bodies[1].GetProperty("bodies")[0].GetProperty("messages"))).Value;
        Assert.Equal([5], Assert.Single(messages.ToArray()).Payload.ToArray());
        Assert.Equal(1, (await caller.CallAsync("pha_getQueueBodies", last, new[] { system })).GetArrayLength());

        static string[] Names(JsonElement item) => [.. item.GetProperty("bodies").EnumerateArray().Select(body => body.GetProperty("channel").GetString()!)];
    }

    [Fact]
    public async Task TheIndexSurvivesPruningAndRestartAndForgetsForks()
    {
        StorageOptions options = new() { StatePruning = 2, BodyPruning = 2, SnapshotBytes = 0, MaintainInBackground = false };
        await using TestNode node = await TestNode.StartAsync(options, genesis: Genesis);
        Hash256 parent = node.Author();
        Push(node, 1);
        node.AuthorOn(parent, node.Sign(Actor.Bob, new PhalaMq.PushMessage(Topic, [66])));
        for (int at = 0; at < 30; at++)
        {
            Push(node, (byte)at);
            node.FinalizeBest();
            if (at % 5 == 0) node.Store.Maintain();
        }

        node.Store.Maintain();
        Assert.True(node.Store.TryGetHash(2, out Hash256 old));
        Assert.True(node.Store.TryGetBody(old, out byte[][]? pruned));
        Assert.Null(pruned);
        Assert.NotEqual(StateLookup.Found, node.Store.StateAt(old, out _));
        byte[] hashes = node.Store.QueueEntryHashes(0, 1000);
        Assert.Equal(31 * 32, hashes.Length);
        QueueHead head = QueueHead.Empty;
        for (int at = 0; at < hashes.Length; at += 32) head = head.Append(new Hash256(hashes.AsSpan(at, 32)));
        Assert.Equal(PhalaMq.QueueHead.Get(node.StateOf(node.Store.Finalized.Hash).Main), head);

        using ChainStore again = await node.ReopenAsync(options);
        Assert.Equal(hashes, again.QueueEntryHashes(0, 1000));
        Assert.True(again.TryGetQueueBody(1, Channel.System, out byte[]? messages));
        QueueEntry first = Scale.Decode<QueueEntry>(again.QueueEntries(0, 1, 1)[0].Entry).Value!;
        Assert.Equal(first.Channels[0].Body, EntryDraft.HashOf(messages));
        Assert.False(again.TryGetQueueBody(1, Channel.OfCluster(default), out _));
    }

    [Fact]
    public async Task TheWayToAFinalBlockIsFollowedFromAnySet()
    {
        await using TestNode node = await TestNode.StartAsync(genesis: Genesis);
        using Caller caller = await node.ConnectAsync();
        Assert.Equal("0x0001", (await caller.CallAsync("pha_getFinalityChain", 0, null)).GetString());
        bool swapped = false;
        for (int at = 1; at <= 14; at++)
        {
            if (at % 4 == 1)
            {
                swapped = !swapped;
                Actor[] order = swapped ? [Actor.Bob, Actor.Alice] : [Actor.Alice, Actor.Bob];
                node.Author(node.Sign(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(new Session.SetValidators([.. order.Select(each => each.Account)])))));
            }
            else
            {
                node.Author();
            }

            if (at is 6 or 14) node.FinalizeBest();
        }

        FinalizedHead genesis = new(new BlockId(node.Store.GenesisHash, 0), SetAt(node, 0));
        FinalizedHead end = await FollowAsync(node, caller, genesis, null, 4);
        Assert.Equal((14u, 3ul), (end.Block.Number, end.Set.Id));
        Assert.Equal(9u, (await FollowAsync(node, caller, genesis, 9, 3, justified: 12)).Block.Number - 3);
        Assert.Equal(6u, (await FollowAsync(node, caller, genesis, 5, 2, justified: 6)).Block.Number);
        FinalizedHead middle = await FollowAsync(node, caller, genesis, 6, 2);
        Assert.Equal(14u, (await FollowAsync(node, caller, middle, null, 3)).Block.Number);
        Assert.Equal("0x0001", (await caller.CallAsync("pha_getFinalityChain", 3, 12)).GetString());
        Assert.StartsWith("4003: Client error: There is no such", await caller.ErrorAsync("pha_getFinalityChain", 4, null), StringComparison.Ordinal);
        Assert.StartsWith("4003: Client error: Block has not", await caller.ErrorAsync("pha_getFinalityChain", 0, 15), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheNextSequenceCountsReadyMessages()
    {
        await using TestNode node = await TestNode.StartAsync(genesis: Genesis);
        using Caller caller = await node.ConnectAsync();
        TestWorker worker = TestWorker.One;
        string origin = TestNode.Hex(Scale.Encode(worker.Origin));
        node.TellPool(node.Author(node.Sign(Actor.Bob, worker.Registration(Point(node)))));
        Assert.Equal("0", await caller.TextAsync("pha_getMqNextSequence", origin));
        OpaqueExtrinsic[] sent = [.. Enumerable.Range(0, 4).Select(sequence => PhalaChain.Bare(worker.Says((ulong)sequence, Topic, [(byte)sequence])))];
        foreach (int at in (int[])[0, 1, 3]) Assert.Equal(Phala.Node.TxPool.PoolError.None, node.Pool.Submit(sent[at], out _).Error);
        Assert.Equal("2", await caller.TextAsync("pha_getMqNextSequence", origin));
        node.Pool.Submit(sent[2], out _);
        Assert.Equal("4", await caller.TextAsync("pha_getMqNextSequence", origin));
        node.TellPool(node.Author(sent[0], sent[1]), sent[0], sent[1]);
        Assert.Equal("4", await caller.TextAsync("pha_getMqNextSequence", origin));
        Assert.Equal("0", await caller.TextAsync("pha_getMqNextSequence", TestNode.Hex(Scale.Encode<MessageOrigin>(new MessageOrigin.Gatekeeper()))));
    }

    [Theory]
    [InlineData("pha_getQueueEntries", "[0]")]
    [InlineData("pha_getQueueEntries", "[-1, 1]")]
    [InlineData("pha_getQueueEntries", "[0, 1025]")]
    [InlineData("pha_getEntryHashes", "[0, 65537]")]
    [InlineData("pha_getEntryHashes", "[0, 18446744073709551615]")]
    [InlineData("pha_getQueueBodies", "[[1], [\"0x02\"]]")]
    [InlineData("pha_getQueueBodies", "[null, []]")]
    [InlineData("pha_getQueueBodies", "[[1]]")]
    [InlineData("pha_getMqNextSequence", "[\"0x63\"]")]
    [InlineData("pha_getFinalityChain", "[\"x\", null]")]
    [InlineData("pha_getFinalityChain", "[0, \"5\"]")]
    public async Task WhatCantBeAskedIsAnError(string method, string parameters)
    {
        await using TestNode node = await TestNode.StartAsync(genesis: Genesis);
        string reply = await node.Server.PostAsync(CallTests.Request(method, parameters));
        Assert.Contains("\"error\"", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("-32603", reply, StringComparison.Ordinal);
    }

    private static ChainPoint Point(TestNode node)
    {
        Hash256 best = node.Store.Best.Hash;
        return new ChainPoint(node.Store.GenesisHash, new BlockId(best, node.Store.Best.Number), PhalaMq.QueueHead.Get(node.StateOf(best).Main));
    }

    private static void Push(TestNode node, byte payload) => node.Author(node.Sign(Actor.Charlie, new PhalaMq.PushMessage(Topic, [payload])));

    private static Hash256 AddCluster(TestNode node)
    {
        TestWorker worker = TestWorker.One;
        node.Author(node.Sign(Actor.Bob, worker.Registration(Point(node))));
        node.Author(node.Sign(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(PhalaChain.ClusterOf(Actor.Bob, [worker.Identity])))));
        return ContractId.OfCluster(1);
    }

    /// <summary>The queue as the messages of each block say it, and nothing else.</summary>
    private static List<(QueueEntry Entry, QueueHead Head)> Fold(TestNode node)
    {
        List<(QueueEntry, QueueHead)> entries = [];
        QueueHead head = QueueHead.Empty;
        uint last = 0;
        for (uint number = 1; number <= node.Store.Finalized.Number; number++)
        {
            node.Store.TryGetHash(number, out Hash256 hash);
            MerkleTrie state = node.StateOf(hash).Main;
            Message[] messages = PhalaMq.OutboundMessages.Get(state).ToArray();
            if (messages.Length == 0 && number - last < 20) continue;
            EntryDraft draft = new();
            foreach (Message message in messages)
            {
                draft.Add(message, QueueRouting.ChannelOf(message, id => PhalaPhatContracts.Contracts.TryGet(state, id, out var info) ? info.Cluster : null));
            }

            QueueEntry entry = draft.Build(number, node.HeaderOf(hash).ParentHash, Aura.CurrentSlot.Get(state) * Aura.SlotDuration.Get(state));
            head = head.Append(entry.Hash());
            Assert.Equal(QueueDigestError.None, QueueHead.Read(node.HeaderOf(hash).Digest, out QueueHead? told));
            Assert.Equal(head, told);
            Assert.Equal(head, PhalaMq.QueueHead.Get(state));
            entries.Add((entry, head));
            last = number;
        }

        return entries;
    }

    private static AuthoritySet SetAt(TestNode node, uint number)
    {
        node.Store.TryGetHash(number, out Hash256 hash);
        MerkleTrie state = node.StateOf(hash).Main;
        Assert.Equal(AuthoritySetError.None, AuthoritySet.TryCreate(Grandpa.CurrentSetId.Get(state), Grandpa.Authorities.Get(state), out AuthoritySet? set));
        return set!;
    }

    private static async Task<FinalizedHead> FollowAsync(TestNode node, Caller caller, FinalizedHead from, uint? to, int fragments, uint? justified = null)
    {
        WarpSyncProof proof = Scale.Decode<WarpSyncProof>(Bytes(await caller.CallAsync("pha_getFinalityChain", from.Set.Id, to))).Value;
        Assert.Equal(fragments, proof.Fragments.Length);
        Assert.Equal(WarpSyncError.None, proof.Verify(from, out FinalizedHead end).Error);
        Assert.Equal(justified ?? to ?? node.Store.Finalized.Number, end.Block.Number);
        return end;
    }

    private static byte[] Bytes(JsonElement hex)
    {
        Assert.True(Hex.TryParse(hex.GetString()!, out byte[] bytes));
        return bytes;
    }
}
