using Phala.Chain;

namespace Phala.Node.Network.Peers;

/// <summary>What a peer has said of itself.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Best">Its best block.</param>
internal sealed record PeerStatus(PeerRole Role, BlockId Best);
