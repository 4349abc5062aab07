using Phala.Codec;

namespace Phala.Worker.Interface.Sync;

/// <summary>What became of a request, and where the worker stands now: the reply of <c>BeginSync</c>, <c>Advance</c>, <c>ProveWaypoint</c>, <c>BeginEntries</c> and <c>DispatchEntries</c>.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Detail">Which rule it broke, by the name of the error: for logs. Empty where it was taken.</param>
/// <param name="Status">The status after it.</param>
[Scale]
public sealed partial record SyncReply(SyncOutcome Outcome, string Detail, SyncStatus Status);
