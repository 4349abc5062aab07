using Phala.Codec;
using Phala.Runtime.Interface.Queue;

namespace Phala.Worker.Interface.Sync;

/// <summary>The hashes that prove the next waypoint of the queue: those of the entries between it and a position that the worker knows.</summary>
/// <param name="From">How many entries there are up to the waypoint: the first hash is that of the entry after it.</param>
/// <param name="To">The position that is known: the last hash is that of the entry that it follows.</param>
[Scale]
public readonly partial record struct WaypointGap(ulong From, QueueHead To);
