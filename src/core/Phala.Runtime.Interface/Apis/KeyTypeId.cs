using Phala.Codec;

namespace Phala.Runtime.Interface.Apis;

/// <summary>What a key is for: four letters, such as <c>aura</c>.</summary>
[Scale("sp_core::crypto::KeyTypeId"), FixedBytes(4)]
public readonly partial struct KeyTypeId;
