namespace Phala.Crypto.Signatures;

/// <summary>Why bytes are not a public key of secp256k1.</summary>
public enum Secp256k1PublicKeyError
{
    /// <summary>They are one.</summary>
    None = 0,

    /// <summary>Neither 33 bytes, compressed, nor 65, uncompressed.</summary>
    BadLength,

    /// <summary>The first byte is not 02 or 03 of a compressed key, or 04 of an uncompressed one. The hybrid forms 06 and 07 are not accepted.</summary>
    BadTag,

    /// <summary>A coordinate is not below the field's prime.</summary>
    CoordinateOutOfRange,

    /// <summary>No point of the curve has these coordinates.</summary>
    NotOnCurve,
}
