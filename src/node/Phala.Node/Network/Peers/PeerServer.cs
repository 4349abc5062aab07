using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Phala.Node.Network.Addresses;
using Phala.Node.Network.Multistream;
using Phala.Node.Network.Noise;
using Phala.Node.Network.Protocols;
using Phala.Node.Network.Transport;
using Phala.Node.Network.Yamux;
using Phala.Node.Storage;

namespace Phala.Node.Network.Peers;

/// <summary>Serves one connection from its first byte to its end: who is it, and then every stream that it opens.</summary>
/// <param name="noise">What proves identities.</param>
/// <param name="protocols">What is spoken.</param>
/// <param name="peers">Who is connected.</param>
/// <param name="timeout">How long the peer may take to prove who it is.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where operators read of it.</param>
internal sealed class PeerServer(NoiseUpgrade noise, ProtocolTable protocols, PeerSet peers, TimeSpan timeout, TimeProvider time, ILogger log)
{
    private const string NoiseName = "/noise", YamuxName = "/yamux/1.0.0";
    private static readonly YamuxLimits Limits = new();

    /// <summary>Serves a connection that was taken. Never throws.</summary>
    public async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        EndPoint? remote = socket.RemoteEndPoint;
        try
        {
            (Stream? secure, PeerId id, string problem) = await UpgradeAsync(socket, stop).ConfigureAwait(false);
            if (secure is null)
            {
                NetworkLog.NoPeer(log, remote, problem);
                return;
            }

            await using (secure.ConfigureAwait(false)) await ServeAsync(secure, id, (IPEndPoint)remote!, stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            NetworkLog.NoPeer(log, remote, exception.Message);
        }
        catch (Exception exception)
        {
            // A mistake of this program costs the connection, not the node.
            NetworkLog.Mistake(log, remote, exception);
        }
    }

    /// <summary>From a socket to an encrypted stream to a known peer, within the time for it.</summary>
    private async ValueTask<(Stream? Secure, PeerId Id, string Problem)> UpgradeAsync(Socket socket, CancellationToken stop)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(timeout);
        Stream stream = new NetworkStream(socket, ownsSocket: false);
        if (await Listener.IsWebSocketAsync(socket, patience.Token).ConfigureAwait(false))
        {
            (UpgradeError refused, Stream? messages) = await WebSocketUpgrade.RunAsync(stream, patience.Token).ConfigureAwait(false);
            if (messages is null) return (null, default, refused.ToString());
            stream = messages;
        }

        (MultistreamError error, _) = await MultistreamSelect.ListenAsync(stream, static name => name == NoiseName, patience.Token).ConfigureAwait(false);
        if (error != MultistreamError.None) return (null, default, error.ToString());
        (NoiseError unknown, NoiseStream? secure, PeerId id) = await noise.RunAsync(stream, isInitiator: false, patience.Token).ConfigureAwait(false);
        if (secure is null) return (null, default, unknown.ToString());
        (error, _) = await MultistreamSelect.ListenAsync(secure, static name => name == YamuxName, patience.Token).ConfigureAwait(false);
        return error == MultistreamError.None ? (secure, id, "") : (null, default, error.ToString());
    }

    private async Task ServeAsync(Stream secure, PeerId id, IPEndPoint remote, CancellationToken stop)
    {
        using YamuxSession session = new(secure, isDialer: false, Limits, time);
        using Peer peer = new(id, remote, session, new PeerLimits(time), stop);
        NetworkLog.Came(log, id, remote);
        peers.Add(peer);
        Task accepting = AcceptAsync(peer);
        YamuxError reason = await session.RunAsync(peer.Ended).ConfigureAwait(false);
        peers.Remove(peer);
        peer.Disconnect();
        await accepting.ConfigureAwait(false);
        NetworkLog.Gone(log, id, reason);
    }

    private async Task AcceptAsync(Peer peer)
    {
        List<Task> serving = [];
        await foreach (YamuxStream stream in peer.Session.Accepted.ReadAllAsync().ConfigureAwait(false))
        {
            if (!peer.Streams.TryTake(out TimeSpan wait))
            {
                stream.Reset();
                continue;
            }

            if (wait > TimeSpan.Zero) await Task.Delay(wait, peer.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            serving.RemoveAll(static task => task.IsCompleted);
            serving.Add(ServeAsync(peer, stream));
        }

        await Task.WhenAll(serving).ConfigureAwait(false);
    }

    private async Task ServeAsync(Peer peer, YamuxStream stream)
    {
        string protocol = "";
        using YamuxStream disposed = stream;
        try
        {
            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(peer.Ended);
            patience.CancelAfter(timeout);
            (MultistreamError error, protocol) = await MultistreamSelect.ListenAsync(stream, protocols.Contains, patience.Token).ConfigureAwait(false);
            if (error == MultistreamError.None) await protocols[protocol].ServeAsync(peer, stream).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The peer has gone, or takes too long: the stream is reset.
        }
        catch (StorageException exception)
        {
            NetworkLog.DiskFailed(log, peer.Id, protocol, exception.Message);
        }
        catch (Exception exception)
        {
            NetworkLog.Mistake(log, peer.Remote, exception);
            peer.Disconnect();
        }
    }
}
