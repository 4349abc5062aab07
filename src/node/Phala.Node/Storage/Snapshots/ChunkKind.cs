namespace Phala.Node.Storage.Snapshots;

/// <summary>What a chunk of a snapshot holds. The numbers are part of the format.</summary>
internal enum ChunkKind : byte
{
    /// <summary>A <see cref="SnapshotHeader"/>; the first chunk.</summary>
    Header = 0,

    /// <summary>Entries of the trie that is being read: keys and values, each with its length before it.</summary>
    Entries = 1,

    /// <summary>The name of a child trie: the entries that follow are its.</summary>
    Child = 2,

    /// <summary>The number of entries, eight bytes; the last chunk.</summary>
    End = 3,
}
