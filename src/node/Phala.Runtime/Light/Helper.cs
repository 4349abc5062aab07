namespace Phala.Runtime.Light;

/// <summary>The module's own functions that are not exported, in the order of their indices.</summary>
internal enum Helper : uint
{
    /// <summary>Destination, source, length: copies bytes.</summary>
    Copy,

    /// <summary>A number of bytes: traps unless there are as many between cursor and end.</summary>
    Need,

    /// <summary>A key's span; the value's span, or 0 where there is none.</summary>
    Stored,

    /// <summary>The most bytes that a compact integer may have: reads one at the cursor. Returns the low half; the high one is a global.</summary>
    ReadCompact,

    /// <summary>Reads the era, nonce and tip at the cursor.</summary>
    ReadExtensions,

    /// <summary>Reads address and signature at the cursor.</summary>
    ReadSigner,

    /// <summary>Reads an extrinsic at the cursor and moves the end to its end.</summary>
    ReadExtrinsic,

    /// <summary>Finds the call's entry in the table of calls; traps where there is none.</summary>
    FindCall,

    /// <summary>The extrinsic's length; its fee without the tip.</summary>
    Fee,

    /// <summary>A number, the present block's number and a pointer to its hash; a pointer to the hash of the block with the number, or 0.</summary>
    BlockHash,

    /// <summary>The present block's number; the number of the first block of the era.</summary>
    Birth,

    /// <summary>The span of what was signed, made of the extrinsic and the implied data in the scratch space.</summary>
    SignedMessage,

    /// <summary>A message's span; 1 where the signer signed it.</summary>
    IsSigned,

    /// <summary>The signer's account, as the span of its value.</summary>
    Account,

    /// <summary>An account's span and the fee; 1 where the account can pay it and the tip.</summary>
    CanPay,

    /// <summary>The transaction's priority.</summary>
    Priority,

    /// <summary>The account's nonce and the present block's number; the span of the answer for a valid transaction.</summary>
    ValidAnswer,
}
