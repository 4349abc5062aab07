using Phala.Node.Network.Yamux;

namespace Phala.Node.Network.Peers;

/// <summary>What is spoken on a stream that a peer has opened.</summary>
internal interface IProtocol
{
    /// <summary>The name by which peers ask for it.</summary>
    string Name { get; }

    /// <summary>Speaks it until it is over. The stream is reset afterwards where it is not finished; a stream that breaks off is an <see cref="IOException"/>.</summary>
    Task ServeAsync(Peer peer, YamuxStream stream);
}
