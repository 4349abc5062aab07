namespace Phala.Crypto.Keys;

/// <summary>Why text is not a secret URI, or names no key.</summary>
public enum SecretUriError
{
    /// <summary>It is one.</summary>
    None = 0,

    /// <summary>The path is not made of junctions, each one or two slashes and at least one other character.</summary>
    BadPath,

    /// <summary>After 0x there are not 64 hexadecimal digits.</summary>
    BadSeed,

    /// <summary>The phrase is not a mnemonic; <see cref="Mnemonic.TryRead"/> tells why.</summary>
    BadPhrase,

    /// <summary>The path has a soft junction, which the scheme does not know.</summary>
    SoftJunction,

    /// <summary>The bytes at the end of the path are no secret key of the scheme: for ecdsa, one seed in 2^128.</summary>
    BadKey,
}
