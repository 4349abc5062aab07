namespace Phala.Crypto.Signatures;

/// <summary>How a 32-byte seed becomes a secret key.</summary>
public enum Sr25519Expansion
{
    /// <summary>SHA-512, clamped and divided by the cofactor: what Substrate and its wallets use.</summary>
    Ed25519 = 0,

    /// <summary>A Merlin transcript, uniform over the scalars.</summary>
    Uniform,
}
