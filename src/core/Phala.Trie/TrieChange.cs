namespace Phala.Trie;

/// <summary>What becomes of one key: a new value, or nothing.</summary>
/// <param name="Key">At most <see cref="MerkleTrie.MaxKeyLength"/> bytes; may be empty.</param>
/// <param name="Value">The new value, or null to remove the key.</param>
public readonly record struct TrieChange(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte>? Value) : IKeyed
{
    /// <summary>Whether the key is removed.</summary>
    public bool IsRemoval => Value is null;
}
