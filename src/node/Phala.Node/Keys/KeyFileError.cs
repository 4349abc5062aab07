namespace Phala.Node.Keys;

/// <summary>Why a file of the keystore gives no key.</summary>
public enum KeyFileError
{
    /// <summary>It does.</summary>
    None = 0,

    /// <summary>It is not a JSON text.</summary>
    NoJsonText,

    /// <summary>The text is no secret phrase or URI.</summary>
    BadSecret,

    /// <summary>The secret leads to another public key than the file's name says.</summary>
    OtherKey,
}
