namespace Phala.Codec;

/// <summary>Why text is not hexadecimal. The list is closed.</summary>
public enum HexError : byte
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The text does not begin with <c>0x</c>.</summary>
    MissingPrefix,

    /// <summary>The number of digits is odd.</summary>
    OddLength,

    /// <summary>A character is no hexadecimal digit.</summary>
    InvalidDigit,

    /// <summary>There are more or fewer bytes than wanted.</summary>
    WrongLength,
}
