namespace Phala.Chain;

/// <summary>The forms of a <see cref="MultiAddress"/>, with the bytes that stand for them.</summary>
public enum MultiAddressKind : byte
{
    /// <summary>The account itself.</summary>
    Id = 0,

    /// <summary>A number that stands for an account.</summary>
    Index = 1,

    /// <summary>Bytes that the runtime may know how to read.</summary>
    Raw = 2,

    /// <summary>32 bytes that are no account by themselves.</summary>
    Address32 = 3,

    /// <summary>20 bytes, such as an Ethereum address.</summary>
    Address20 = 4,
}
