namespace Phala.Trie.Storage;

/// <summary>Changes to one child trie.</summary>
/// <param name="Name">The child trie's name, without <see cref="ChildTries.Prefix"/>.</param>
/// <param name="Changes">What changes in it; not empty.</param>
public sealed record ChildDelta(byte[] Name, TrieDelta Changes);
