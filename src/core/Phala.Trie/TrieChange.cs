namespace Phala.Trie;

/// <summary>What becomes of one key: a new value, or nothing. Keys have at most <see cref="MerkleTrie.MaxKeyLength"/> bytes and may be empty.</summary>
public readonly record struct TrieChange : IKeyed
{
    private TrieChange(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value, bool isRemoval)
    {
        Key = key;
        Value = value;
        IsRemoval = isRemoval;
    }

    /// <summary>The key.</summary>
    public ReadOnlyMemory<byte> Key { get; }

    /// <summary>The new value; empty for a removal, and for a value that is empty.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>Whether the key is removed.</summary>
    public bool IsRemoval { get; }

    /// <summary>Gives a key a value.</summary>
    public static TrieChange Set(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) => new(key, value, isRemoval: false);

    /// <summary>Takes a key's value away.</summary>
    public static TrieChange Remove(ReadOnlyMemory<byte> key) => new(key, default, isRemoval: true);
}
