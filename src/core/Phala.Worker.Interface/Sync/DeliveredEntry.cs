using Phala.Codec;
using Phala.Runtime.Interface.Queue;

namespace Phala.Worker.Interface.Sync;

/// <summary>An entry with bodies.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Bodies">One for each channel of the delivery that the entry has, in ascending order, and no other.</param>
[Scale]
public sealed partial record DeliveredEntry(QueueEntry Entry, Vec<DeliveredBody> Bodies);
