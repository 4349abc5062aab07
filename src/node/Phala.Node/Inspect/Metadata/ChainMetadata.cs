using Phala.Codec.TypeInfo;

namespace Phala.Node.Inspect.Metadata;

/// <summary>What a chain says of itself: enough to read its calls, events, constants and extrinsics without knowing the chain.</summary>
/// <param name="Version">The version of the metadata: 14, 15 or 16.</param>
/// <param name="Types">The types by id.</param>
/// <param name="Pallets">The pallets.</param>
/// <param name="Extrinsic">The form of extrinsics.</param>
/// <param name="Apis">The runtime APIs with their methods; none before version 15.</param>
public sealed record ChainMetadata(int Version, TypeRegistry Types, IReadOnlyList<PalletInfo> Pallets, ExtrinsicInfo Extrinsic, IReadOnlyList<ApiInfo> Apis);
