using Phala.Codec;

namespace Phala.Worker.Interface.Sync;

/// <summary>Newer blocks, or newer facts under the block that the worker knows: the request of <c>Advance</c>.</summary>
/// <param name="Advance">The encoding of the light client's <c>AdvanceProof</c>; none where there is no newer block, and only facts are brought.</param>
/// <param name="Facts">A read proof of <see cref="SyncNeeds.Facts"/> under the state root of the advance's target, or without an advance of <see cref="SyncStatus.Head"/>: <c>SCALE(Vec&lt;Vec&lt;u8&gt;&gt;)</c>.
/// Empty where there are none. Keys that the proof does not reveal are passed over.</param>
[Scale]
public sealed partial record AdvanceRequest(Option<Vec<byte>> Advance, Vec<byte> Facts);
