namespace Phala.Trie;

/// <summary>A key and its value. An empty value is a value: it is not the same as no entry.</summary>
/// <param name="Key">At most <see cref="MerkleTrie.MaxKeyLength"/> bytes; may be empty.</param>
/// <param name="Value">The value.</param>
public readonly record struct TrieEntry(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value) : IKeyed;
