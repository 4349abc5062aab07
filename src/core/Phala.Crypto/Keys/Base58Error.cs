namespace Phala.Crypto.Keys;

/// <summary>Why text is not Base58.</summary>
public enum Base58Error
{
    /// <summary>It is.</summary>
    None = 0,

    /// <summary>A character is not of the alphabet.</summary>
    BadCharacter,

    /// <summary>The number takes more bytes than there is room for.</summary>
    TooLong,
}
