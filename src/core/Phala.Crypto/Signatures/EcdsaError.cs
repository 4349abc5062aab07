namespace Phala.Crypto.Signatures;

/// <summary>Why an ECDSA signature is not accepted.</summary>
public enum EcdsaError
{
    /// <summary>It is.</summary>
    None = 0,

    /// <summary>The signature has neither 64 bytes (r, s) nor 65 (r, s, v); recovery needs 65.</summary>
    BadLength,

    /// <summary>r is zero or not below the group order.</summary>
    ROutOfRange,

    /// <summary>s is zero or not below the group order.</summary>
    SOutOfRange,

    /// <summary>s is above half of the group order and the caller demands the smaller of the two.</summary>
    HighS,

    /// <summary>v is none of 0 to 3 and 27 to 30.</summary>
    BadRecoveryId,

    /// <summary>No point of the curve has the x coordinate that r and v describe.</summary>
    NoSuchPoint,

    /// <summary>The signature would be that of the point at infinity, which is no key.</summary>
    NoKey,

    /// <summary>The signature does not belong to this hash and key.</summary>
    WrongSignature,
}
