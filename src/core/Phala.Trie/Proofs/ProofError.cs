namespace Phala.Trie.Proofs;

/// <summary>Why bytes are no proof for a root.</summary>
public enum ProofError
{
    /// <summary>They are one.</summary>
    None = 0,

    /// <summary>They are no SCALE sequence of byte sequences, or something follows it.</summary>
    BadEncoding,

    /// <summary>
    /// More entries below 32 bytes than there can be use for: such a node is never referred to by digest unless it is the root of a trie,
    /// and the root of each child trie stands in an entry that is longer.
    /// </summary>
    TooManyShortEntries,

    /// <summary>No entry hashes to the root.</summary>
    MissingRoot,

    /// <summary>An entry that is reached from the root as a node does not decode, or a child inside of it does not.</summary>
    BadNode,

    /// <summary>Two entries are equal (<see cref="ProofPolicy.Minimal"/> only).</summary>
    DuplicateEntry,

    /// <summary>An entry is not reached from the root (<see cref="ProofPolicy.Minimal"/> only).</summary>
    UnneededEntry,
}
