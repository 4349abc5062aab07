namespace Phala.Trie.Storage;

/// <summary>Why bytes are no encoded <see cref="StateDelta"/>.</summary>
public enum DeltaError
{
    /// <summary>They are one.</summary>
    None = 0,

    /// <summary>The bytes end too early, go on after the end, or hold a length or an option that is no SCALE.</summary>
    BadEncoding,

    /// <summary>Keys, or names of child tries, do not ascend strictly.</summary>
    NotSorted,

    /// <summary>A key, or a child trie's key in the main trie, is longer than <see cref="MerkleTrie.MaxKeyLength"/>.</summary>
    KeyTooLong,

    /// <summary>A change to a child trie's root in the main trie: that follows from the child trie.</summary>
    ChildRootWritten,

    /// <summary>A child trie without changes.</summary>
    EmptyChild,
}
