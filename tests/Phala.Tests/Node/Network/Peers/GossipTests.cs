using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Node.Network.Framing;
using Phala.Node.Network.Notifications;
using Phala.Node.Network.Peers;
using Phala.Node.Network.Yamux;
using Phala.Node.TxPool;
using Phala.Runtime.Interface;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Network.Peers;

/// <summary>What a node tells a light client, and what it takes from one.</summary>
public sealed class GossipTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly byte[] Light = [(byte)PeerRole.Light];

    [Fact]
    public async Task ABlockIsAnnouncedAndThePeerIsListed()
    {
        await using NetworkNode node = new();
        Hash256 before = node.AuthorFinal(2);
        node.Listen();
        await using TestPeer peer = await TestPeer.ConnectAsync(node);
        BlockAnnounceHandshake hello = new(PeerRole.Light, new BlockId(node.Store.GenesisHash, 0), node.Store.GenesisHash);
        (_, byte[] answer) = await peer.NotifyAsync("block-announces/1", hello.Encode());
        Assert.Equal(new BlockAnnounceHandshake(PeerRole.Authority, new BlockId(before, 2), node.Store.GenesisHash).Encode(), answer);
        YamuxStream told = await peer.AcceptAsync("block-announces/1", hello.Encode());
        Assert.Equal(new BlockAnnounce(node.HeaderOf(before), IsBest: true).Encode(), await TestPeer.ReadAsync(told));
        Hash256 next = node.Author();
        Assert.Equal(new BlockAnnounce(node.HeaderOf(next), IsBest: true).Encode(), await TestPeer.ReadAsync(told));
        Assert.Equal(("LIGHT", 0u), Assert.Single(node.Network.Peers.Select(each => (each.Roles, each.BestNumber))));
    }

    [Fact]
    public async Task FinalityIsToldSetBySet()
    {
        await using NetworkNode node = new(sessionLength: 3);
        node.AuthorFinal(4);
        node.Listen();
        await using TestPeer peer = await TestPeer.ConnectAsync(node);
        (YamuxStream says, _) = await peer.NotifyAsync("grandpa/1", Light);
        YamuxStream hears = await peer.AcceptAsync("grandpa/1", Light);
        byte[] neighbor = GrandpaMessage.Encode(new NeighborPacket(5, 1, 4));
        Assert.Equal(neighbor, await TestPeer.ReadAsync(hears));

        // In the first set at block 1: what is missing is the votes for its last block, 3.
        await LengthPrefix.WriteAsync(says, GrandpaMessage.Encode(new NeighborPacket(1, 0, 1)), Stop);
        AssertCommit(node, await TestPeer.ReadAsync(hears), 3, set: 0);
        Assert.Equal(neighbor, await TestPeer.ReadAsync(hears));
        await LengthPrefix.WriteAsync(says, GrandpaMessage.Encode(new NeighborPacket(1, 1, 3)), Stop);
        AssertCommit(node, await TestPeer.ReadAsync(hears), 4, set: 1);
        Assert.Equal(neighbor, await TestPeer.ReadAsync(hears));

        // The peer is in the second set until it says otherwise: of 6, the last block of that, it hears; of 7 it does not.
        node.AuthorFinal(1);
        AssertCommit(node, await TestPeer.ReadAsync(hears), 5, set: 1);
        Assert.Equal(GrandpaMessage.Encode(new NeighborPacket(6, 1, 5)), await TestPeer.ReadAsync(hears));
        node.AuthorFinal(1);
        AssertCommit(node, await TestPeer.ReadAsync(hears), 6, set: 1);
        Assert.Equal(GrandpaMessage.Encode(new NeighborPacket(7, 2, 6)), await TestPeer.ReadAsync(hears));
        node.AuthorFinal(1);
        Assert.Equal(GrandpaMessage.Encode(new NeighborPacket(8, 2, 7)), await TestPeer.ReadAsync(hears));
        await LengthPrefix.WriteAsync(says, GrandpaMessage.Encode(new NeighborPacket(1, 2, 6)), Stop);
        AssertCommit(node, await TestPeer.ReadAsync(hears), 7, set: 2);
    }

    [Fact]
    public async Task TransactionsEnterThePool()
    {
        await using NetworkNode node = new();
        node.Listen();
        node.AuthorFinal(1);
        await using TestPeer peer = await TestPeer.ConnectAsync(node);
        (YamuxStream says, byte[] answer) = await peer.NotifyAsync("transactions/1", Light);
        Assert.Equal([(byte)PeerRole.Authority], answer);
        OpaqueExtrinsic good = node.Sign(Actor.Alice, new Balances.TransferKeepAlive(Actor.Bob.Address, Balances.Pha)), bad = new(Vec.Create<byte>([1, 2, 3]));
        using ReadySubscription ready = node.Pool.SubscribeReady(4);
        await LengthPrefix.WriteAsync(says, [8, .. Scale.Encode(bad), .. Scale.Encode(good)], Stop);
        Assert.Equal(good.Hash(), (await ready.Transactions.ReadAsync(Stop).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Stop)).Hash);
        Assert.False(peer.Ended.IsCompleted);
    }

    [Fact]
    public async Task ItSaysWhatItIsAndAnswersPings()
    {
        await using NetworkNode node = new();
        node.Listen();
        await using TestPeer peer = await TestPeer.ConnectAsync(node);
        Assert.EndsWith($"/p2p/{peer.Remote}", node.Address(web: true), StringComparison.Ordinal);
        await using YamuxStream ping = await peer.OpenAsync("/ipfs/ping/1.0.0");
        byte[] sent = [.. Enumerable.Range(0, 64).Select(value => (byte)value)], back = new byte[64];
        await ping.WriteAsync(sent, Stop);
        await ping.ReadExactlyAsync(back, Stop);
        Assert.Equal(sent, back);
        await using YamuxStream identify = await peer.OpenAsync("/ipfs/id/1.0.0");
        string said = System.Text.Encoding.Latin1.GetString(await TestPeer.ReadAsync(identify));
        Assert.Contains("phala-node/test", said, StringComparison.Ordinal);
        Assert.Contains("/substrate/1.0", said, StringComparison.Ordinal);
        Assert.Contains("/sync/warp", said, StringComparison.Ordinal);
    }

    private static void AssertCommit(NetworkNode node, byte[] message, uint number, ulong set)
    {
        ScaleReader reader = new(message);
        Assert.True(reader.TryReadByte(out byte kind) && reader.TryReadUInt64(out ulong round) && reader.TryReadUInt64(out ulong of) && kind == 1 && of == set && round == number);
        Assert.True(reader.TryReadSpan(Hash256.Size, out ReadOnlySpan<byte> hash) && reader.TryReadUInt32(out uint target) && target == number);
        Assert.True(node.Store.TryGetHash(number, out Hash256 expected));
        Assert.Equal(expected, new Hash256(hash));
        Assert.True(node.Store.TryGetJustification(expected, out byte[]? justification));
        Commit commit = Scale.Decode<Justification>(justification!).Value.Commit;
        Assert.True(reader.TryReadLength(36, out int votes) && votes == commit.Precommits.Length);
        foreach (SignedPrecommit vote in commit.Precommits) Assert.True(reader.TryReadSpan(36, out ReadOnlySpan<byte> bytes) && bytes.SequenceEqual(Scale.Encode(vote.Precommit)));
        Assert.True(reader.TryReadLength(96, out int signatures) && signatures == votes);
        foreach (SignedPrecommit vote in commit.Precommits)
        {
            Assert.True(reader.TryReadSpan(64, out ReadOnlySpan<byte> signature) && signature.SequenceEqual(vote.Signature.AsSpan()));
            Assert.True(reader.TryReadSpan(32, out ReadOnlySpan<byte> id) && id.SequenceEqual(vote.Id.AsSpan()));
        }

        Assert.True(reader.TryFinish());
    }
}
