using Phala.Codec;

namespace Phala.Runtime.Interface.Keys;

/// <summary>An sr25519 signature.</summary>
[Scale("sp_core::sr25519::Signature"), FixedBytes(64)]
public readonly partial struct Sr25519SignatureBytes;
