namespace Phala.Runtime.Light;

/// <summary>The module's globals: where the reader is, and what it has read of an extrinsic. Pointers and numbers of 32 bits, except the last three of 64.</summary>
internal enum Variable : uint
{
    /// <summary>Where the host's heap begins: constant and exported.</summary>
    HeapBase,

    /// <summary>The next byte to read.</summary>
    Cursor,

    /// <summary>Behind the last byte to read.</summary>
    End,

    /// <summary>The extrinsic's length with its prefix.</summary>
    Length,

    /// <summary>The extrinsic's first byte.</summary>
    Format,

    /// <summary>The form of the address.</summary>
    AddressKind,

    /// <summary>The signer's account.</summary>
    Signer,

    /// <summary>The scheme of the signature.</summary>
    Scheme,

    /// <summary>The signature.</summary>
    Signature,

    /// <summary>The encoded extensions.</summary>
    Extensions,

    /// <summary>The two bytes of the era; 0 for ever.</summary>
    Era,

    /// <summary>The transaction's nonce.</summary>
    Nonce,

    /// <summary>The encoded call, which ends at the end.</summary>
    Call,

    /// <summary>The call's entry in the table of calls.</summary>
    Entry,

    /// <summary>The high half of the compact integer that was read last.</summary>
    High,

    /// <summary>The low half of the tip.</summary>
    TipLow,

    /// <summary>The high half of the tip.</summary>
    TipHigh,
}
