namespace Phala.Trie;

/// <summary>How a trie commits to values (Substrate's state version). A trie has one version for all of its entries.</summary>
public enum StateVersion : byte
{
    /// <summary>A node holds its value whole, whatever the length.</summary>
    V0 = 0,

    /// <summary>A node holds the BLAKE2b-256 digest of a value of 33 bytes or more, so that proofs of neighbours stay small.</summary>
    V1 = 1,
}
