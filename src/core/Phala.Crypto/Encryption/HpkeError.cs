namespace Phala.Crypto.Encryption;

/// <summary>Why an HPKE operation gave no result.</summary>
public enum HpkeError
{
    /// <summary>It gave a result.</summary>
    None = 0,

    /// <summary>A peer's public key or encapsulation is a point of small order: there is no shared secret (RFC 9180 §7.1.4).</summary>
    InvalidPublicKey,

    /// <summary>The ciphertext is shorter than its tag, or the encapsulation is not 32 bytes long.</summary>
    Truncated,

    /// <summary>The ciphertext was not made by this sender, for this receiver, with this info, associated data and position in the sequence.</summary>
    NotAuthentic,

    /// <summary>All 2^64 − 1 messages of the context are used up.</summary>
    MessageLimitReached,
}
