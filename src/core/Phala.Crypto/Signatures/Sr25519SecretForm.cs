namespace Phala.Crypto.Signatures;

/// <summary>The two 64-byte forms in which the secret key is written: both end with the same 32 bytes, and mixing them up gives wrong keys.</summary>
public enum Sr25519SecretForm
{
    /// <summary>The scalar, little-endian and below the group's order: Rust's <c>to_bytes</c>, and the input of Phala's key derivation.</summary>
    Canonical = 0,

    /// <summary>Eight times the scalar: what polkadot-js calls <c>secretKey</c>.</summary>
    Ed25519,
}
