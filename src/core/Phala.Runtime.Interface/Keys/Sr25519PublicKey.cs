using Phala.Codec;

namespace Phala.Runtime.Interface.Keys;

/// <summary>An sr25519 public key. Any 32 bytes are one; some verify nothing.</summary>
[Scale("sp_core::sr25519::Public"), FixedBytes(32)]
public readonly partial struct Sr25519PublicKey;
