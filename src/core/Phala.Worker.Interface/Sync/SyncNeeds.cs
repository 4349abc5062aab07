using Phala.Codec;

namespace Phala.Worker.Interface.Sync;

/// <summary>What a worker wants besides blocks and entries.</summary>
/// <param name="Registration">It has to be registered, for the first time or again: <c>GetRegistration</c> gives what to submit.</param>
/// <param name="SessionClaim">Its session has to be recorded, or its lease renewed: <c>GetSessionClaim</c> gives what to submit.</param>
/// <param name="Endpoint">Its endpoints are signed and not on the chain: <c>GetEndpointInfo</c> gives what to submit.</param>
/// <param name="PendingMessages">How many messages wait in <c>GetEgressMessages</c>.</param>
/// <param name="PendingReports">How many reports wait in <c>GetReports</c>.</param>
/// <param name="Facts">
/// Storage keys, in full, of which it wants a read proof under the state root of the next block that it is advanced to. It learns from them what is local to it alone: its registration and session,
/// which of its messages and reports have arrived. Nothing that is executed depends on them.
/// </param>
/// <param name="Waypoint">A stream that takes entries is so far behind that a position between has to be proven before it is brought any: the hashes that <c>ProveWaypoint</c> has to come with.</param>
[Scale]
public sealed partial record SyncNeeds(
    bool Registration, bool SessionClaim, bool Endpoint, uint PendingMessages, uint PendingReports, Vec<Vec<byte>> Facts, Option<WaypointGap> Waypoint);
