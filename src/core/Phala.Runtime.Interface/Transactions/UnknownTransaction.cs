namespace Phala.Runtime.Interface.Transactions;

/// <summary>Why it can't be known whether a transaction can be in a block, with Substrate's indices.</summary>
public enum UnknownTransaction : byte
{
    /// <summary>Something could not be looked up, such as the account of an address.</summary>
    CannotLookup = 0,

    /// <summary>Nobody vouches for a call without a signature.</summary>
    NoUnsignedValidator = 1,

    /// <summary>A pallet's own reason.</summary>
    Custom = 2,
}
