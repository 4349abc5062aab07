using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;

namespace Phala.Client.Clusters;

/// <summary>A member of a cluster that can be asked, as the chain proves it.</summary>
/// <param name="Identity">The worker.</param>
/// <param name="Session">Its session.</param>
/// <param name="Address">Where it answers.</param>
public sealed record ClusterMember(Sr25519PublicKey Identity, SessionRecord Session, Uri Address);
