namespace Phala.Chain;

/// <summary>The schemes of a <see cref="MultiSignature"/>, with the bytes that stand for them.</summary>
public enum SignatureScheme : byte
{
    /// <summary>ed25519, verified by ZIP-215; 64 bytes.</summary>
    Ed25519 = 0,

    /// <summary>sr25519 in the context "substrate"; 64 bytes.</summary>
    Sr25519 = 1,

    /// <summary>Recoverable ECDSA on secp256k1 over the BLAKE2b-256 hash of the message; 65 bytes.</summary>
    Ecdsa = 2,
}
