using Phala.Codec;
using Phala.Runtime.Interface.Queue;

namespace Phala.Worker.Interface.Sync;

/// <summary>How far a worker has followed one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Applied">The last entry that it has applied. The next delivery for it begins there.</param>
/// <param name="State">Whether it takes entries.</param>
[Scale]
public readonly partial record struct StreamStatus(Channel Channel, QueueHead Applied, StreamState State);
