using Phala.Codec;

namespace Phala.Benchmarks.Codec.Samples;

/// <summary>An account's public key.</summary>
[Scale("sp_core::crypto::AccountId32"), FixedBytes(32)]
public readonly partial struct AccountId;
