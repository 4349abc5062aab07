using Phala.Codec;
using Phala.Runtime.Interface.Queue;

namespace Phala.Worker.Interface.Sync;

/// <summary>How far a worker has followed one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Applied">The last entry that it has applied. The next delivery for it begins there.</param>
/// <param name="State">Whether it takes entries.</param>
/// <param name="Until">Where the next delivery for it leads: to the queue's position or to a waypoint before it. None where it is there, and where a waypoint has to be proven first.</param>
[Scale]
public readonly partial record struct StreamStatus(Channel Channel, QueueHead Applied, StreamState State, Option<QueueHead> Until);
