using Phala.Codec;

namespace Phala.Runtime.Interface.Apis;

/// <summary>Metadata behind its length, so that a client may look at the version before it reads the rest.</summary>
/// <param name="Bytes">The metadata with its prefix.</param>
[Scale("sp_core::OpaqueMetadata", Unnamed = true)]
public readonly partial record struct OpaqueMetadata(Vec<byte> Bytes);
