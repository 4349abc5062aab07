namespace Phala.Crypto.Signatures;

/// <summary>What a verifier of sr25519 or ed25519 signatures says. Only <see cref="Valid"/> is success; the default value is not.</summary>
public enum SignatureVerdict
{
    /// <summary>All parts are well formed, but the equation does not hold: another message, key, context or signer.</summary>
    WrongSignature = 0,

    /// <summary>The key signed the message.</summary>
    Valid,

    /// <summary>The signature is not 64 bytes long.</summary>
    WrongLength,

    /// <summary>The public key is not 32 bytes that encode a group element.</summary>
    MalformedPublicKey,

    /// <summary>sr25519 only: the highest bit is clear, which marks an ed25519 signature.</summary>
    NotMarked,

    /// <summary>The scalar s is not below the group's order.</summary>
    NonCanonicalScalar,

    /// <summary>ed25519 only: the nonce point R is no point of the curve. (sr25519 compares encodings, so there it is a <see cref="WrongSignature"/>.)</summary>
    MalformedNonce,
}
