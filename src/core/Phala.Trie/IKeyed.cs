namespace Phala.Trie;

/// <summary>Something filed under a key, so that one sort serves entries and changes alike.</summary>
internal interface IKeyed
{
    /// <summary>The key's bytes.</summary>
    ReadOnlyMemory<byte> Key { get; }
}
