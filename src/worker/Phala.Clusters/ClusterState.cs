using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Clusters;

/// <summary>A cluster after an entry of the queue. Immutable: views of it answer queries while the next entries are executed.</summary>
/// <param name="Position">The queue up to and with the entry.</param>
/// <param name="BlockNumber">The entry's block: what contracts see.</param>
/// <param name="BlockTime">The entry's time in milliseconds since 1970: what contracts see.</param>
/// <param name="Reported">The state's root in the newest report; zeros before the first.</param>
/// <param name="Content">The state.</param>
public sealed record ClusterState(QueueHead Position, uint BlockNumber, ulong BlockTime, Hash256 Reported, StateSnapshot Content)
{
    /// <summary>How the state's trie commits to values.</summary>
    public const StateVersion Version = StateVersion.V1;

    /// <summary>The state's root.</summary>
    public Hash256 Root => Content.Root;

    /// <summary>A cluster of which nothing was executed.</summary>
    /// <param name="position">Where in the queue its execution begins.</param>
    public static ClusterState Begin(in QueueHead position) => new(position, 0, 0, default, StateSnapshot.Empty(Version));
}
