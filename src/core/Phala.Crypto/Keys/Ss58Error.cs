namespace Phala.Crypto.Keys;

/// <summary>Why text is not an SS58 address.</summary>
public enum Ss58Error
{
    /// <summary>It is.</summary>
    None = 0,

    /// <summary>A character is not of Base58's alphabet.</summary>
    BadBase58,

    /// <summary>No prefix, account and checksum have this length together.</summary>
    BadLength,

    /// <summary>The prefix is 46, 47, or begins with a byte of 128 or more: reserved.</summary>
    ReservedPrefix,

    /// <summary>A prefix below 64 is written in two bytes, so that the address has a shorter form.</summary>
    PrefixNotShortest,

    /// <summary>The checksum is another one: a typing error.</summary>
    BadChecksum,

    /// <summary>The address is good, but for another network than the expected one.</summary>
    UnexpectedPrefix,
}
