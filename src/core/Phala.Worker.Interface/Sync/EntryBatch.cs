using Phala.Codec;

namespace Phala.Worker.Interface.Sync;

/// <summary>Entries with the bodies that the delivery asks for, in order: the request of <c>DispatchEntries</c>.</summary>
/// <remarks>Entries before the next one are passed over, so that a batch may be repeated; the first that is beyond it, or wrong, ends the batch, and what came before it stays applied.</remarks>
/// <param name="First">The number of the first entry.</param>
/// <param name="Entries">The entries.</param>
[Scale]
public sealed partial record EntryBatch(ulong First, Vec<DeliveredEntry> Entries);
