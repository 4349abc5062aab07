using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Node.Network.Addresses;
using Phala.Node.Network.Framing;
using Phala.Node.Network.Multistream;
using Phala.Node.Network.Noise;
using Phala.Node.Network.Yamux;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Network.Peers;

/// <summary>A peer that says what the test wants it to say, over a real connection.</summary>
internal sealed class TestPeer : IAsyncDisposable
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly NoiseStream _secure;
    private readonly string _genesis;

    private TestPeer(NoiseStream secure, PeerId remote, Hash256 genesis)
    {
        (_secure, Remote, _genesis) = (secure, remote, Hex.Format(genesis.AsSpan())[2..]);
        Session = new YamuxSession(secure, isDialer: true, new YamuxLimits(), TimeProvider.System);
        Ended = Session.RunAsync(_stop.Token);
    }

    public PeerId Remote { get; }

    public YamuxSession Session { get; }

    /// <summary>The end of the session, for whatever reason.</summary>
    public Task<YamuxError> Ended { get; }

    /// <summary>The encrypted connection, for who breaks the rules of streams.</summary>
    public Stream Secure => _secure;

    public static async Task<TestPeer> ConnectAsync(NetworkNode node, byte seed = 7)
    {
        Socket socket = await DialAsync(node);
        NetworkStream stream = new(socket, ownsSocket: true);
        Assert.Equal(MultistreamError.None, await MultistreamSelect.DialAsync(stream, "/noise", default));
        using Ed25519KeyPair identity = Ed25519KeyPair.FromSeed([.. Enumerable.Repeat(seed, 32)]);
        (NoiseError error, NoiseStream? secure, PeerId remote) = await new NoiseUpgrade(identity, RandomNumberGenerator.Fill).RunAsync(stream, isInitiator: true, default);
        Assert.Equal(NoiseError.None, error);
        Assert.Equal(MultistreamError.None, await MultistreamSelect.DialAsync(secure!, "/yamux/1.0.0", default));
        return new TestPeer(secure!, remote, node.Store.GenesisHash);
    }

    public static async Task<Socket> DialAsync(NetworkNode node)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, node.Port));
        return socket;
    }

    /// <summary>Opens a stream for a protocol of the chain, or for one whose name begins with a slash.</summary>
    public async Task<YamuxStream> OpenAsync(string protocol)
    {
        YamuxStream stream = Session.Open();
        Assert.Equal(MultistreamError.None, await MultistreamSelect.DialAsync(stream, NameOf(protocol), default).AsTask().WaitAsync(SafetyNet));
        return stream;
    }

    /// <summary>Asks; null where the answer is a refusal.</summary>
    public async Task<byte[]?> AskAsync(string protocol, byte[] request)
    {
        try
        {
            await using YamuxStream stream = await OpenAsync(protocol);
            await LengthPrefix.WriteAsync(stream, request, default);
            stream.Finish();
            (FrameStatus status, byte[] reply) = await LengthPrefix.ReadAsync(stream, 64 << 20, default).AsTask().WaitAsync(SafetyNet);
            return status == FrameStatus.Read ? reply : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Opens a stream of notifications and says who this is.</summary>
    public async Task<(YamuxStream Stream, byte[] Answer)> NotifyAsync(string protocol, byte[] handshake)
    {
        YamuxStream stream = await OpenAsync(protocol);
        await LengthPrefix.WriteAsync(stream, handshake, default);
        (FrameStatus status, byte[] answer) = await LengthPrefix.ReadAsync(stream, 1024, default).AsTask().WaitAsync(SafetyNet);
        Assert.Equal(FrameStatus.Read, status);
        return (stream, answer);
    }

    /// <summary>Takes the stream of notifications that the node opens.</summary>
    public async Task<YamuxStream> AcceptAsync(string protocol, byte[] handshake)
    {
        YamuxStream stream = await Session.Accepted.ReadAsync().AsTask().WaitAsync(SafetyNet);
        (MultistreamError error, string asked) = await MultistreamSelect.ListenAsync(stream, _ => true, default);
        Assert.Equal((MultistreamError.None, NameOf(protocol)), (error, asked));
        await ReadAsync(stream);
        await LengthPrefix.WriteAsync(stream, handshake, default);
        return stream;
    }

    /// <summary>The next notification.</summary>
    public static async Task<byte[]> ReadAsync(YamuxStream stream)
    {
        (FrameStatus status, byte[] frame) = await LengthPrefix.ReadAsync(stream, 1 << 20, default).AsTask().WaitAsync(SafetyNet);
        Assert.Equal(FrameStatus.Read, status);
        return frame;
    }

    /// <summary>Waits until the node has left.</summary>
    public Task<YamuxError> UntilLeftAsync() => Ended.WaitAsync(SafetyNet);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Ended;
        Session.Dispose();
        await _secure.DisposeAsync();
        _stop.Dispose();
    }

    private string NameOf(string protocol) => protocol[0] == '/' ? protocol : $"/{_genesis}/{protocol}";
}
