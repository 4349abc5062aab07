using Phala.Codec;

namespace Phala.Fuzz.Targets.Codec.Samples;

/// <summary>An account's public key.</summary>
[Scale("sp_core::crypto::AccountId32"), FixedBytes(32)]
public readonly partial struct AccountId;
