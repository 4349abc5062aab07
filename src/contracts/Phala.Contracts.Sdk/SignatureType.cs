namespace Phala.Contracts;

/// <summary>How something is signed.</summary>
public enum SignatureType : byte
{
    /// <summary>Ed25519. A secret key is a seed of 32 bytes.</summary>
    Ed25519 = 0,

    /// <summary>Sr25519, of a different signature each time. A secret key is a seed of 32 bytes, or 64 bytes.</summary>
    Sr25519 = 1,

    /// <summary>ECDSA over secp256k1, of 65 bytes. A secret key is 32 bytes.</summary>
    Ecdsa = 2,
}
