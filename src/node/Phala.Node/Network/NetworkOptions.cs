using Phala.Node.Network.Addresses;

namespace Phala.Node.Network;

/// <summary>Where a node takes peers, and how many.</summary>
public sealed record NetworkOptions
{
    /// <summary>The port that nodes take where nobody says another.</summary>
    public const int DefaultPort = 30333;

    /// <summary>Where it listens, as multiaddresses; a port of 0 takes a free one. Every address takes connections with and without WebSocket.</summary>
    public IReadOnlyList<string> Listen { get; init; } = [$"/ip4/127.0.0.1/tcp/{DefaultPort}"];

    /// <summary>Whether a port that is in use is replaced by a free one: true where nobody asked for it.</summary>
    public bool MayTakeOtherPort { get; init; }

    /// <summary>Addresses under which others reach it, where they differ from those where it listens.</summary>
    public IReadOnlyList<string> PublicAddresses { get; init; } = [];

    /// <summary>The most connections.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>The most connections from one address.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 32;

    /// <summary>Whether text is an address of the form that the lists take.</summary>
    public static bool IsAddress(string text) => Multiaddress.TryParse(text, out _) == MultiaddressError.None;

    /// <summary>Whether text is an address with the identity of who is there, as chain specifications list them.</summary>
    public static bool IsBootNode(string text) => Multiaddress.TryParse(text, out Multiaddress? address) == MultiaddressError.None && address!.Peer is not null;

    /// <summary>How long a peer may take to prove who it is, and for each agreement on a stream.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
