using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Node.Network.Messages;
using Phala.Node.Network.Requests;
using Phala.Node.Storage;
using Phala.Runtime.Interface;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Trie.Proofs;
using Xunit;

namespace Phala.Tests.Node.Network.Peers;

/// <summary>What a node answers, read by what light clients do with it.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task ARunOfBlocksGoesBothWaysAndHasOneJustificationTheLowestOfASet()
    {
        await using NetworkNode node = new(sessionLength: 3);
        node.AuthorFinal(10);
        BlockRequests requests = new(node.Store);
        Hash256 best = node.Store.Best.Hash;
        List<Block> down = Read(requests, new BlockRequest(BlockParts.Header | BlockParts.Justification, best, 0, IsDescending: true, 64));
        Assert.Equal(Enumerable.Range(0, 11).Reverse(), down.Select(block => (int)block.Header!.Value.Number));
        Assert.Equal(3u, Assert.Single(down, block => block.Justifications is not null).Header!.Value.Number);
        List<Block> part = Read(requests, new BlockRequest(BlockParts.Header | BlockParts.Justification, best, 0, IsDescending: true, 6));
        Assert.Equal(6u, Assert.Single(part, block => block.Justifications is not null).Header!.Value.Number);
        List<Block> upward = Read(requests, new BlockRequest(BlockParts.Header | BlockParts.Justification, null, 1, IsDescending: false, 64));
        Assert.Equal(3u, Assert.Single(upward, block => block.Justifications is not null).Header!.Value.Number);
        Assert.DoesNotContain(Read(requests, new BlockRequest(BlockParts.Header | BlockParts.Justification, best, 0, IsDescending: true, 2)), block => block.Header!.Value.Number < 9);

        List<Block> up = Read(requests, new BlockRequest(BlockParts.Body, null, 8, IsDescending: false, 64));
        Assert.Equal(3, up.Count);
        Assert.All(up, block => Assert.Null(block.Header));
        Assert.All(up, block => Assert.Null(block.Justifications));
        Assert.True(node.Store.TryGetBody(up[0].Hash, out byte[][]? body));
        Assert.Equal(Scale.Encode(new OpaqueExtrinsic(Vec.Create<byte>(body![0]))), Assert.Single(up[0].Extrinsics));

        Block alone = Assert.Single(Read(requests, new BlockRequest(BlockParts.Justification, best, 0, IsDescending: true, 1)));
        Assert.True(node.Store.TryGetJustification(best, out byte[]? justification));
        Assert.EndsWith(Convert.ToHexString(justification!), Convert.ToHexString(alone.Justifications!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BlocksThatAreNotThereGiveAnEmptyRunAndManyAreCut()
    {
        await using NetworkNode node = new();
        node.AuthorFinal(BlockRequests.MaxBlocks + 5);
        BlockRequests requests = new(node.Store);
        Assert.Empty(Read(requests, new BlockRequest(BlockParts.Header, default(Hash256), 0, IsDescending: true, 64)));
        Assert.Empty(Read(requests, new BlockRequest(BlockParts.Header, null, 9999, IsDescending: false, 64)));
        Assert.Equal(BlockRequests.MaxBlocks, Read(requests, new BlockRequest(BlockParts.Header, null, 0, IsDescending: false, 0)).Count);
        Assert.Equal(RequestRefusal.Malformed, requests.Answer([0xFF], out _));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(4, 3)]
    [InlineData(40, 3)]
    [InlineData(40, 0)]
    [InlineData(42, 3)]
    public async Task AWarpProofLeadsFromTheFirstBlockToTheLatest(int history, int sessionLength)
    {
        await using NetworkNode node = new(sessionLength: (uint)sessionLength);
        node.AuthorFinal(history);
        Hash256 genesis = node.Store.GenesisHash;
        RequestRefusal refusal = new WarpRequests(node.Store).Answer(genesis.AsSpan(), out byte[] reply);
        Assert.Equal(history == 0 ? RequestRefusal.NothingNew : RequestRefusal.None, refusal);
        if (history == 0) return;
        AuthoritySet first = AuthoritySet.Create(0, Grandpa.Authorities.Get(node.StateOf(genesis).Main));
        WarpSyncResult result = WarpSyncProof.Verify(reply, new FinalizedHead(new BlockId(genesis, 0), first), out FinalizedHead end);
        Assert.Equal(WarpSyncError.None, result.Error);
        Assert.Equal(node.Store.Finalized.Hash, end.Block.Hash);
        Assert.Equal(Grandpa.CurrentSetId.Get(node.StateOf(end.Block.Hash).Main), end.Set.Id);
        Assert.Equal(sessionLength == 0 ? 1 : (history / sessionLength) + (history % sessionLength == 0 ? 0 : 1), Scale.Decode<WarpSyncProof>(reply).Value.Fragments.Length);
    }

    [Fact]
    public async Task AWarpProofBeginsAtFinalizedBlocksOnly()
    {
        await using NetworkNode node = new(sessionLength: 3);
        node.AuthorFinal(4);
        Hash256 unfinalized = node.Author();
        WarpRequests requests = new(node.Store);
        Assert.Equal(RequestRefusal.UnknownBlock, requests.Answer(unfinalized.AsSpan(), out _));
        Assert.Equal(RequestRefusal.UnknownBlock, requests.Answer(new byte[32], out _));
        Assert.Equal(RequestRefusal.Malformed, requests.Answer(new byte[31], out _));
        Assert.Equal(RequestRefusal.NothingNew, requests.Answer(node.Store.Finalized.Hash.AsSpan(), out _));
    }

    [Fact]
    public async Task ReadsAreProvedPresentAndAbsent()
    {
        await using NetworkNode node = new();
        Hash256 block = node.AuthorFinal(2);
        byte[] present = FrameSystem.Account.Key(Actor.Alice.Account), absent = [1, 2, 3];
        byte[] proof = Prove(node, new LightRequest(LightRequestKind.Read, block, "", [], [], [present, absent]));
        Assert.True(TrieProof.TryOpen(proof, node.HeaderOf(block).StateRoot, ProofPolicy.Minimal, out TrieProof? opened, out _));
        Assert.Equal(ProofLookup.Present, opened!.TryGet(present, out ReadOnlySpan<byte> value));
        Assert.Equal(Scale.Encode(FrameSystem.Account.Get(node.StateOf(block).Main, Actor.Alice.Account)), value);
        Assert.Equal(ProofLookup.Absent, opened.TryGet(absent, out _));
        Assert.Equal(ProofLookup.MissingNode, opened.TryGet(FrameSystem.Events.Prefix, out _));
    }

    [Fact]
    public async Task CallsReadsOfChildrenAndRefusalsAreWhatTheyShouldBe()
    {
        await using NetworkNode node = new(storage: new StorageOptions { StatePruning = 4 });
        Hash256 block = node.AuthorFinal(1);
        byte[] nonce = Prove(node, new LightRequest(LightRequestKind.Call, block, "AccountNonceApi_account_nonce", Actor.Bob.Account.AsSpan().ToArray(), [], []));
        Assert.True(TrieProof.TryOpen(nonce, node.HeaderOf(block).StateRoot, ProofPolicy.Minimal, out TrieProof? opened, out _));
        Assert.Equal(ProofLookup.Present, opened!.TryGet(FrameSystem.Account.Key(Actor.Bob.Account), out _));
        byte[] childKey = [.. ":child_storage:default:"u8, 1];
        byte[] child = Prove(node, new LightRequest(LightRequestKind.ReadChild, block, "", [], childKey, [[5]]));
        Assert.True(TrieProof.TryOpen(child, node.HeaderOf(block).StateRoot, ProofPolicy.Minimal, out opened, out _));
        Assert.Equal(ProofLookup.Absent, opened!.TryGet(childKey, out _));

        LightRequests requests = new(node.Store);
        Assert.Equal(RequestRefusal.UnknownMethod, requests.Answer(new LightRequest(LightRequestKind.Call, block, "Core_execute_block", [], [], []).Encode(), out _));
        Assert.Equal(RequestRefusal.UnknownBlock, requests.Answer(new LightRequest(LightRequestKind.Read, default, "", [], [], []).Encode(), out _));
        Assert.Equal(RequestRefusal.Malformed, requests.Answer(new LightRequest(LightRequestKind.ReadChild, block, "", [], [1], []).Encode(), out _));
        node.AuthorFinal(8);
        Assert.Equal(RequestRefusal.None, requests.Answer(new LightRequest(LightRequestKind.Read, block, "", [], [], [[1]]).Encode(), out byte[] pruned));
        Assert.Equal(new byte[] { 0x12, 0x00 }, pruned);
    }

    [Fact]
    public async Task AnsweredOverAConnectionTheyAreTheSame()
    {
        await using NetworkNode node = new(sessionLength: 3);
        node.AuthorFinal(7);
        node.Listen();
        await using TestPeer peer = await TestPeer.ConnectAsync(node);
        byte[] request = new BlockRequest(BlockParts.Header | BlockParts.Body, node.Store.Best.Hash, 0, IsDescending: true, 64).Encode();
        new BlockRequests(node.Store).Answer(request, out byte[] expected);
        Assert.Equal(expected, await peer.AskAsync("sync/2", request));
        new WarpRequests(node.Store).Answer(node.Store.GenesisHash.AsSpan(), out expected);
        Assert.Equal(expected, await peer.AskAsync("sync/warp", node.Store.GenesisHash.AsSpan().ToArray()));
        byte[] code = new LightRequest(LightRequestKind.Read, node.Store.Best.Hash, "", [], [], [":code"u8.ToArray()]).Encode();
        new LightRequests(node.Store).Answer(code, out expected);
        Assert.True(expected.Length > 64 << 10);
        Assert.Equal(expected, await peer.AskAsync("light/2", code));
        Assert.Equal(new byte[] { 8, 4 }, await peer.AskAsync("kad", [8, 4]));
        Assert.Null(await peer.AskAsync("sync/warp", new byte[32]));
        Assert.False(peer.Ended.IsCompleted);
    }

    private static byte[] Prove(NetworkNode node, LightRequest request)
    {
        Assert.Equal(RequestRefusal.None, new LightRequests(node.Store).Answer(request.Encode(), out byte[] reply));
        ReadOnlySpan<byte> inner = Field(reply, request.Kind == LightRequestKind.Call ? 1 : 2)[0], proof = Field(inner, 2)[0];
        return proof.ToArray();
    }

    private static List<Block> Read(BlockRequests requests, BlockRequest request)
    {
        Assert.Equal(RequestRefusal.None, requests.Answer(request.Encode(), out byte[] reply));
        return [.. Field(reply, 1).Select(block => new Block(
            new Hash256(Field(block, 1)[0]),
            Field(block, 2) is [byte[] header] ? Scale.Decode<Header>(header).Value : null,
            Field(block, 3),
            Field(block, 8).SingleOrDefault()))];
    }

    private static List<byte[]> Field(ReadOnlySpan<byte> message, int field)
    {
        List<byte[]> values = [];
        ProtobufReader reader = new(message);
        while (reader.TryNext())
        {
            if (reader.Field == field && reader.TryBytes(out ReadOnlySpan<byte> value)) values.Add(value.ToArray());
        }

        Assert.Equal(ProtobufError.None, reader.Error);
        return values;
    }

    private sealed record Block(Hash256 Hash, Header? Header, List<byte[]> Extrinsics, byte[]? Justifications);
}
