namespace Phala.Runtime.Interface.Transactions;

/// <summary>Why a transaction can't be in a block, with Substrate's indices.</summary>
public enum InvalidTransaction : byte
{
    /// <summary>The call is not one that can be sent like this.</summary>
    Call = 0,

    /// <summary>The signer can't pay the fee.</summary>
    Payment = 1,

    /// <summary>The nonce is ahead of the account's.</summary>
    Future = 2,

    /// <summary>The nonce has been used.</summary>
    Stale = 3,

    /// <summary>The signature is wrong.</summary>
    BadProof = 4,

    /// <summary>The era's first block is not known any more.</summary>
    AncientBirthBlock = 5,

    /// <summary>The block has no room, or no block ever has.</summary>
    ExhaustsResources = 6,

    /// <summary>A pallet's own reason.</summary>
    Custom = 7,

    /// <summary>A call that every block must hold failed.</summary>
    BadMandatory = 8,

    /// <summary>A call that only authors put into blocks was sent.</summary>
    MandatoryValidation = 9,

    /// <summary>The signer can't sign: the zero account.</summary>
    BadSigner = 10,

    /// <summary>What the signature implies can't be known.</summary>
    IndeterminateImplicit = 11,

    /// <summary>No extension says on whose behalf.</summary>
    UnknownOrigin = 12,
}
