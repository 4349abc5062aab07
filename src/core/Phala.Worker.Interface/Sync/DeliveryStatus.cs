using Phala.Codec;
using Phala.Runtime.Interface.Queue;

namespace Phala.Worker.Interface.Sync;

/// <summary>A delivery of entries under way: their hashes are known to lead to the queue's position, and entries are taken in order.</summary>
/// <param name="From">The position that it began at.</param>
/// <param name="To">The position that it ends at.</param>
/// <param name="Next">The number of the entry that is taken next: <c>From.Count + 1</c> at first.</param>
/// <param name="Channels">Whose bodies have to come with the entries, in ascending order.</param>
[Scale]
public sealed partial record DeliveryStatus(QueueHead From, QueueHead To, ulong Next, Vec<Channel> Channels);
