namespace Phala.Trie.Storage;

/// <summary>What clearing a prefix did.</summary>
/// <param name="Removed">The number of keys that had a value and have none any more.</param>
/// <param name="IsComplete">Whether no key with the prefix is left.</param>
public readonly record struct ClearResult(int Removed, bool IsComplete);
