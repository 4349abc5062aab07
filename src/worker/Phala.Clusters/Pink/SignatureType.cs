using Phala.Codec;

namespace Phala.Clusters.Pink;

/// <summary>A kind of signature.</summary>
[Scale]
public enum SignatureType : byte
{
    /// <summary>ed25519.</summary>
    Ed25519 = 0,

    /// <summary>sr25519 with the context <c>substrate</c>.</summary>
    Sr25519 = 1,

    /// <summary>ECDSA over secp256k1; messages are hashed with BLAKE2b-256.</summary>
    Ecdsa = 2,
}
