namespace Phala.Trie.Proofs;

/// <summary>What to think of entries that prove nothing. Neither choice changes what a proof shows.</summary>
public enum ProofPolicy
{
    /// <summary>Ignore them, as light clients do: other implementations send proofs that are not minimal.</summary>
    Tolerant = 0,

    /// <summary>Refuse them: for proofs out of our own nodes, so that nobody can pad them.</summary>
    Minimal,
}
