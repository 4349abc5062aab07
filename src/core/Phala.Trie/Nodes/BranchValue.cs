namespace Phala.Trie.Nodes;

/// <summary>The value of a node that has children, with its digest where the node commits to that instead.</summary>
/// <param name="Bytes">The value.</param>
/// <param name="Digest">BLAKE2b-256 of the value, or null where the node holds the value itself.</param>
internal sealed record BranchValue(byte[] Bytes, byte[]? Digest);
