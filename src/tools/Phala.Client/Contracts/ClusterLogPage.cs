using Phala.Client.Clusters;

namespace Phala.Client.Contracts;

/// <summary>A part of a worker's log of a cluster: what who asked may read of it.</summary>
/// <param name="Records">In the order of their numbers.</param>
/// <param name="Next">Where to go on; 0 where there was nothing to look at.</param>
/// <param name="Member">Whose log it is: others have other numbers.</param>
public sealed record ClusterLogPage(IReadOnlyList<ClusterLogRecord> Records, ulong Next, ClusterMember Member);
