using Phala.Clusters;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Clusters;

namespace Phala.Worker.Streams;

/// <summary>A cluster as a snapshot has it.</summary>
/// <param name="Cursor">The last entry that is applied.</param>
/// <param name="State">The state after it.</param>
/// <param name="Reports">Reports that wait for the chain, to be signed by the session that now is.</param>
/// <param name="Egress">Messages that wait for the chain.</param>
internal sealed record RestoredCluster(QueueCursor Cursor, ClusterState State, IReadOnlyList<ClusterReport> Reports, IReadOnlyList<EgressMessage> Egress);
