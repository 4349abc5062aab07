using Phala.Node.Network.Addresses;
using Phala.Node.Network.Framing;
using Phala.Node.Network.Messages;
using Phala.Node.Network.Peers;
using Phala.Node.Network.Yamux;

namespace Phala.Node.Network.Protocols;

/// <summary><c>/ipfs/id/1.0.0</c>: what this node is and speaks.</summary>
/// <param name="self">Who this node is.</param>
/// <param name="agent">Program and version.</param>
/// <param name="listening">Where it listens.</param>
/// <param name="protocols">What it speaks.</param>
internal sealed class IdentifyProtocol(PeerId self, string agent, Func<IReadOnlyList<Multiaddress>> listening, Func<IEnumerable<string>> protocols) : IProtocol
{
    /// <inheritdoc/>
    public string Name => "/ipfs/id/1.0.0";

    /// <inheritdoc/>
    public async Task ServeAsync(Peer peer, YamuxStream stream)
    {
        byte[] message = IdentifyMessage.Encode(
            PeerId.EncodeKey(self.PublicKey.Span), agent, listening().Select(address => address.ToBytes()), Multiaddress.Of(peer.Remote).ToBytes(), protocols());
        await LengthPrefix.WriteAsync(stream, message, peer.Ended).ConfigureAwait(false);
        await StreamEnd.FinishAsync(stream, peer.Ended).ConfigureAwait(false);
    }
}
