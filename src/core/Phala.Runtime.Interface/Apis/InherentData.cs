using Phala.Codec;

namespace Phala.Runtime.Interface.Apis;

/// <summary>What an author tells a block besides its extrinsics.</summary>
/// <param name="Data">Encoded values by name.</param>
[Scale("sp_inherents::InherentData")]
public sealed partial record InherentData(SortedDictionary<InherentId, Vec<byte>> Data);
