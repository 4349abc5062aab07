using Phala.Trie;

namespace Phala.Node.Storage.Snapshots;

/// <summary>A snapshot that is there.</summary>
/// <param name="Number">The number of the block whose state it holds.</param>
/// <param name="Hash">That block's hash.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Length">The file's length.</param>
internal sealed record SnapshotInfo(uint Number, Hash256 Hash, string Name, long Length);
