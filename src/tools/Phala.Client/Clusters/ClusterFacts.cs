using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;

namespace Phala.Client.Clusters;

/// <summary>What the chain proves of a cluster after a block.</summary>
/// <param name="Head">The block.</param>
/// <param name="Epoch">The newest epoch of the command keys.</param>
/// <param name="CommandKey">What commands are sealed to.</param>
/// <param name="Members">Members with a session, a lease and an endpoint.</param>
/// <param name="Anchor">What is held to be the cluster's state; none before the first report.</param>
public sealed record ClusterFacts(VerifiedHead Head, uint Epoch, X25519PublicKey CommandKey, IReadOnlyList<ClusterMember> Members, Option<ClusterAnchor> Anchor);
