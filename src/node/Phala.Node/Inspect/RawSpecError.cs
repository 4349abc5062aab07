namespace Phala.Node.Inspect;

/// <summary>Why a chain specification gives no genesis.</summary>
public enum RawSpecError
{
    /// <summary>It does.</summary>
    None = 0,

    /// <summary>It is no JSON object.</summary>
    NoJson,

    /// <summary>It has no <c>genesis</c> that is an object.</summary>
    NoGenesis,

    /// <summary>Its genesis is not raw: only the chain's own program knows the state that it makes.</summary>
    NotRaw,

    /// <summary>A key or value is not hexadecimal.</summary>
    BadEntry,

    /// <summary>A key is longer than any can be.</summary>
    LongKey,

    /// <summary>The entries hold a root of a child trie, which follows from the child trie.</summary>
    ChildRoot,

    /// <summary>The state root that stands in place of the entries is no hash.</summary>
    BadStateRoot,
}
