using Phala.Clusters.Execution;
using Phala.Clusters.Logs;
using Phala.Runtime.Interface.Clusters;

namespace Phala.Clusters;

/// <summary>What a cluster made of an entry. The same on all members.</summary>
/// <param name="State">The cluster after it; the one before where there is a fault.</param>
/// <param name="Report">What is reported to the chain; none where nothing changed and there is no receipt.</param>
/// <param name="Egress">Messages to the chain, in the order of their numbers.</param>
/// <param name="Events">What contracts emitted, in order.</param>
/// <param name="Log">What the cluster noted, in order.</param>
/// <param name="Journal">What runs of contracts leave in the workers' logs, in order.</param>
/// <param name="Fault">A fault of the program itself: then there is nothing else.</param>
public sealed record EntryResult(
    ClusterState State,
    ClusterReport? Report,
    IReadOnlyList<EgressMessage> Egress,
    IReadOnlyList<ContractEvent> Events,
    IReadOnlyList<LogRecord> Log,
    IReadOnlyList<LogItem> Journal,
    InternalFault? Fault = null);
