using Phala.Node.Network.Peers;
using Phala.Node.Network.Yamux;

namespace Phala.Node.Network.Protocols;

/// <summary><c>/ipfs/ping/1.0.0</c>: 32 bytes come back, again and again.</summary>
internal sealed class PingProtocol : IProtocol
{
    private const int Length = 32;

    /// <inheritdoc/>
    public string Name => "/ipfs/ping/1.0.0";

    /// <inheritdoc/>
    public async Task ServeAsync(Peer peer, YamuxStream stream)
    {
        byte[] payload = new byte[Length];
        while (await stream.ReadAtLeastAsync(payload, Length, throwOnEndOfStream: false, peer.Ended).ConfigureAwait(false) == Length)
        {
            if (!await peer.Requests.WaitAsync(peer.Ended).ConfigureAwait(false)) return;
            await stream.WriteAsync(payload, peer.Ended).ConfigureAwait(false);
        }

        stream.Finish();
    }
}
