using System.Net.Sockets;
using System.Text;
using Phala.Node.Network;
using Phala.Node.Network.Framing;
using Phala.Node.Network.Notifications;
using Phala.Node.Network.Peers;
using Phala.Node.Network.Yamux;
using Xunit;

namespace Phala.Tests.Node.Network.Peers;

/// <summary>Whatever a peer does, at worst it loses its connection, and others are served.</summary>
public sealed class HostilePeerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("")]
    [InlineData("\u0013/multistream/1.0.0\n")]
    [InlineData("GET / HTTP/1.1\r\n")]
    public async Task WhoGoesNoFurtherIsLeft(string said)
    {
        await using NetworkNode node = new(options: new NetworkOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(200) });
        node.Listen();
        using Socket socket = await TestPeer.DialAsync(node);
        await socket.SendAsync(Encoding.Latin1.GetBytes(said));
        await UntilClosedAsync(socket);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH\r\n", "")]
    [InlineData("\u0013/multistream/1.0.0\n\u0007/noise\n\u0000\u0003abc", "\u0013/multistream/1.0.0\n\u0007/noise\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n")]
    public async Task WhoSpeaksAnotherLanguageIsLeft(string said, string answer)
    {
        await using NetworkNode node = new();
        node.Listen();
        using Socket socket = await TestPeer.DialAsync(node);
        await socket.SendAsync(Encoding.Latin1.GetBytes(said));
        Assert.StartsWith(answer, Encoding.Latin1.GetString(await UntilClosedAsync(socket)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHeadWithoutEndIsLeft()
    {
        await using NetworkNode node = new();
        node.Listen();
        using Socket socket = await TestPeer.DialAsync(node);
        await socket.SendAsync(Encoding.Latin1.GetBytes("GET / HTTP/1.1\r\nX: " + new string('x', 4096)));
        await UntilClosedAsync(socket);
    }

    [Fact]
    public async Task OneAddressHasSoManyConnectionsAndGetsThemBack()
    {
        await using NetworkNode node = new(options: new NetworkOptions { MaxConnectionsPerAddress = 2 });
        node.Listen();
        await using TestPeer first = await TestPeer.ConnectAsync(node, 1);
        TestPeer second = await TestPeer.ConnectAsync(node, 2);
        using (Socket third = await TestPeer.DialAsync(node)) await UntilClosedAsync(third);
        await second.DisposeAsync();
        TestPeer? again = null;
        while (again is null)
        {
            try
            {
                again = await TestPeer.ConnectAsync(node, 3).WaitAsync(SafetyNet, Stop);
            }
            catch (Exception exception) when (exception is IOException or Xunit.Sdk.XunitException)
            {
                // The node has not yet seen that the second has gone.
            }
        }

        await again.DisposeAsync();
        Assert.False(first.Ended.IsCompleted);
    }

    [Fact]
    public async Task AnIdentityIsConnectedOnce()
    {
        await using NetworkNode node = new();
        node.Listen();
        await using TestPeer old = await TestPeer.ConnectAsync(node, 1);
        await using YamuxStream ping = await old.OpenAsync("/ipfs/ping/1.0.0");
        await using TestPeer young = await TestPeer.ConnectAsync(node, 1);
        Assert.Equal(YamuxError.Ended, await old.UntilLeftAsync());
        Assert.False(young.Ended.IsCompleted);
    }

    [Theory]
    [InlineData("sync/2", "ff")]
    [InlineData("sync/2", "")]
    [InlineData("light/2", "0a00")]
    [InlineData("sync/warp", "00")]
    [InlineData("kad", "08")]
    public async Task WhoSendsWhatIsNoRequestIsLeftAndOthersAreServed(string protocol, string request)
    {
        await using NetworkNode node = new();
        node.Listen();
        await using TestPeer good = await TestPeer.ConnectAsync(node, 1), bad = await TestPeer.ConnectAsync(node, 2);
        Assert.Null(await bad.AskAsync(protocol, Convert.FromHexString(request)));
        await bad.UntilLeftAsync();
        Assert.Equal(new byte[] { 8, 4 }, await good.AskAsync("kad", [8, 4]));
    }

    [Theory]
    [InlineData("block-announces/1", "00")]
    [InlineData("block-announces/1", "03")]
    [InlineData("transactions/1", "0202")]
    [InlineData("transactions/1", "03")]
    [InlineData("grandpa/1", "")]
    public async Task WhoSaysOfItselfWhatCantBeIsLeft(string protocol, string handshake)
    {
        await using NetworkNode node = new();
        node.Listen();
        await using TestPeer peer = await TestPeer.ConnectAsync(node);
        YamuxStream stream = await peer.OpenAsync(protocol);
        byte[] said = Convert.FromHexString(handshake);
        if (said is [3] && protocol[0] == 'b') said = [3, .. new BlockAnnounceHandshake(PeerRole.Light, default, node.Store.GenesisHash).Encode()[1..]];
        await LengthPrefix.WriteAsync(stream, said, Stop);
        await peer.UntilLeftAsync();
    }

    [Fact]
    public async Task APeerOfAnotherChainIsLeft()
    {
        await using NetworkNode node = new();
        node.Listen();
        await using TestPeer peer = await TestPeer.ConnectAsync(node);
        YamuxStream stream = await peer.OpenAsync("block-announces/1");
        await LengthPrefix.WriteAsync(stream, new BlockAnnounceHandshake(PeerRole.Full, default, default).Encode(), Stop);
        await peer.UntilLeftAsync();
        Assert.Empty(node.Network.Peers);
    }

    [Theory]
    [InlineData("transactions/1", "02", "0401")]
    [InlineData("transactions/1", "02", "0510")]
    [InlineData("grandpa/1", "02", "05")]
    [InlineData("grandpa/1", "02", "0202")]
    public async Task WhoTellsWhatCantBeIsLeft(string protocol, string handshake, string notification)
    {
        await using NetworkNode node = new();
        node.Listen();
        await using TestPeer peer = await TestPeer.ConnectAsync(node);
        (YamuxStream stream, _) = await peer.NotifyAsync(protocol, Convert.FromHexString(handshake));
        await LengthPrefix.WriteAsync(stream, Convert.FromHexString(notification), Stop);
        await peer.UntilLeftAsync();
    }

    [Fact]
    public async Task StreamsBeyondTheLimitAreRefusedAndTheOthersWork()
    {
        await using NetworkNode node = new();
        node.Listen();
        await using TestPeer peer = await TestPeer.ConnectAsync(node);
        List<YamuxStream> open = [];
        for (int count = 0; count < new YamuxLimits().MaxInboundStreams; count++) open.Add(await peer.OpenAsync("/ipfs/ping/1.0.0"));
        YamuxStream more = peer.Session.Open();
        await Assert.ThrowsAsync<IOException>(async () => await more.ReadAsync(new byte[1], Stop).AsTask().WaitAsync(SafetyNet, Stop));
        byte[] back = new byte[32];
        await open[0].WriteAsync(back, Stop);
        await open[0].ReadExactlyAsync(back, Stop);
        open[1].Reset();
        while (peer.Session.Count > 63) await Task.Yield();
        await open[0].WriteAsync(back, Stop);
        await open[0].ReadExactlyAsync(back, Stop);
        Assert.False(peer.Ended.IsCompleted);
    }

    [Fact]
    public async Task ANodeThatEndsLeavesNoConnectionBehind()
    {
        NetworkNode node = new();
        node.Listen();
        await using TestPeer peer = await TestPeer.ConnectAsync(node);
        await using YamuxStream ping = await peer.OpenAsync("/ipfs/ping/1.0.0");
        await node.DisposeAsync();
        await peer.UntilLeftAsync();
    }

    private static async Task<byte[]> UntilClosedAsync(Socket socket)
    {
        using NetworkStream stream = new(socket);
        using MemoryStream all = new();
        try
        {
            await stream.CopyToAsync(all).WaitAsync(SafetyNet);
        }
        catch (IOException)
        {
            // What was left unread resets the connection.
        }

        return all.ToArray();
    }
}
