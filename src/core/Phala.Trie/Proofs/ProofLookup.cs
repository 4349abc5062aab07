namespace Phala.Trie.Proofs;

/// <summary>What a proof says about one key.</summary>
public enum ProofLookup
{
    /// <summary>The key has this value.</summary>
    Present = 0,

    /// <summary>The key has no value.</summary>
    Absent,

    /// <summary>Nothing: a node on the key's path is not in the proof.</summary>
    MissingNode,

    /// <summary>The key has a value, but the proof holds only its digest.</summary>
    MissingValue,
}
