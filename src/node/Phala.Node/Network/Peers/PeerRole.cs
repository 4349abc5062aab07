namespace Phala.Node.Network.Peers;

/// <summary>What a peer is, as its handshakes say.</summary>
internal enum PeerRole : byte
{
    /// <summary>It has all blocks and their states.</summary>
    Full = 1,

    /// <summary>It has headers and asks for the rest.</summary>
    Light = 2,

    /// <summary>It makes blocks.</summary>
    Authority = 4,
}
