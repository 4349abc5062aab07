namespace Phala.Terminal.Keys;

/// <summary>The signature schemes of accounts.</summary>
public enum KeyScheme
{
    /// <summary>Schnorr signatures over ristretto255: what wallets of Substrate chains use by default.</summary>
    Sr25519,

    /// <summary>ed25519.</summary>
    Ed25519,

    /// <summary>ECDSA over secp256k1; the account is a hash of the public key.</summary>
    Ecdsa,
}
