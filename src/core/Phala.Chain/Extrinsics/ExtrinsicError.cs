namespace Phala.Chain.Extrinsics;

/// <summary>Why bytes are no extrinsic. What stands behind the framing — extensions and the call — is for the runtime to refuse.</summary>
public enum ExtrinsicError : byte
{
    /// <summary>They are one.</summary>
    None = 0,

    /// <summary>The length in front is not the number of bytes behind it, or no length at all.</summary>
    WrongLength,

    /// <summary>There is no byte behind the length.</summary>
    Empty,

    /// <summary>The first byte is none of <see cref="ExtrinsicFormat"/>.</summary>
    UnknownFormat,

    /// <summary>The signer's address is malformed or cut off.</summary>
    MalformedAddress,

    /// <summary>The signature is of an unknown scheme or cut off.</summary>
    MalformedSignature,

    /// <summary>The byte with the extensions' version is missing.</summary>
    MissingExtensionVersion,
}
