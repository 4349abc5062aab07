namespace Phala.Crypto.Keys;

/// <summary>Why text is not a mnemonic phrase.</summary>
public enum MnemonicError
{
    /// <summary>It is.</summary>
    None = 0,

    /// <summary>There are not 12, 15, 18, 21 or 24 words.</summary>
    BadWordCount,

    /// <summary>A word is not in the list. Words are in lower case, with one space between them.</summary>
    UnknownWord,

    /// <summary>The last word's checksum does not fit the others: a word is wrong or out of order.</summary>
    BadChecksum,
}
