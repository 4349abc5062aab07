using Phala.Codec;

namespace Phala.Runtime.Interface.Keys;

/// <summary>An X25519 public key: what is sealed to it opens with its secret alone.</summary>
[Scale("phala_types::X25519Public"), FixedBytes(32)]
public readonly partial struct X25519PublicKey;
