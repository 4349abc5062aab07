using Phala.Codec;

namespace Phala.Chain;

/// <summary>An account: an sr25519 or ed25519 public key, or the hash of an ECDSA one. It is no proof of anything: any 32 bytes are an account.</summary>
[Scale("sp_core::crypto::AccountId32"), FixedBytes(32)]
public readonly partial struct AccountId;
