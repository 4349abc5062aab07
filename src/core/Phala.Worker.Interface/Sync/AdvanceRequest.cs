using Phala.Codec;

namespace Phala.Worker.Interface.Sync;

/// <summary>Newer blocks, or newer facts under the block that the worker knows: the request of <c>Advance</c>.</summary>
/// <param name="Advance">The encoding of the light client's advance; none where there is no newer block, and only facts are brought.</param>
/// <param name="Facts">A read proof of <see cref="SyncNeeds.Facts"/> under the state root of the advance's target, or without an advance of <see cref="SyncStatus.Head"/>: trie nodes in any order.
/// Empty where there are none. Keys that the proof does not reveal are passed over.</param>
[Scale]
public sealed partial record AdvanceRequest(Option<Vec<byte>> Advance, Vec<Vec<byte>> Facts);
