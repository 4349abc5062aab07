namespace Phala.Chain.Extrinsics;

/// <summary>The kinds of extrinsics, each with its first byte: the version in the six low bits, the type (0 bare, 1 general, 2 signed) in the two high ones.</summary>
public enum ExtrinsicFormat : byte
{
    /// <summary>Version 4 without a signature: an inherent, or a call that proves its own right.</summary>
    BareV4 = 0x04,

    /// <summary>Version 5 without a signature: as <see cref="BareV4"/>.</summary>
    BareV5 = 0x05,

    /// <summary>Version 5 with extensions, one of which may say on whose behalf.</summary>
    GeneralV5 = 0x45,

    /// <summary>Version 4 with an address, a signature and extensions.</summary>
    SignedV4 = 0x84,
}
