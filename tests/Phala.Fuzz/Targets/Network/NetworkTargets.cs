using Phala.Testing;

namespace Phala.Fuzz.Targets.Network;

/// <summary>What the node takes from peers, from the first byte of a connection on.</summary>
public static class NetworkTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new MultistreamTarget(),
        new NoiseHandshakeTarget(),
        new NoiseIdentityTarget(),
        new YamuxTarget(),
        new WebSocketUpgradeTarget(),
        new MultiaddressTarget(),
        new BlockRequestTarget(),
        new LightRequestTarget(),
        new KademliaTarget(),
        new BlockAnnounceHandshakeTarget(),
        new BlockAnnounceTarget(),
        new TransactionsTarget(),
        new GrandpaMessageTarget(),
    ];
}
