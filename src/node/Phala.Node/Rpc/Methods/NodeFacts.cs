namespace Phala.Node.Rpc.Methods;

/// <summary>What the node says about itself.</summary>
/// <param name="Name">The program's name.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Roles"><c>Authority</c>, <c>Full</c> or <c>LightClient</c>.</param>
/// <param name="PeerId">Its identity in the network, base58.</param>
/// <param name="ListenAddresses">Where it listens, as multiaddresses with its identity.</param>
/// <param name="Peers">Whom it is connected to.</param>
public sealed record NodeFacts(string Name, string Version, IReadOnlyList<string> Roles, string PeerId, Func<IReadOnlyList<string>> ListenAddresses, Func<IReadOnlyList<PeerFacts>> Peers);
