using Phala.Codec;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Worker.Interface.Sync;

/// <summary>The hashes of the entries from one position of the queue to another: the request of <c>BeginEntries</c> and of <c>ProveWaypoint</c>.</summary>
/// <remarks>
/// <c>BeginEntries</c>: from a stream's cursor to its <see cref="StreamStatus.Until"/>. All streams whose cursor is <paramref name="From"/> and that take entries share the delivery. A delivery that is under way is replaced.
/// <c>ProveWaypoint</c>: from the position that is to be proven to one that is known, as <see cref="SyncNeeds.Waypoint"/> says.
/// </remarks>
/// <param name="From">The cursor of one stream at least; or the position that is to be proven.</param>
/// <param name="Hashes">Folded from there they must give a position that the worker knows: at most <see cref="MaxHashes"/>.</param>
[Scale]
public sealed partial record EntryHashes(QueueHead From, Vec<Hash256> Hashes)
{
    /// <summary>The longest delivery: 2¹⁶ entries. A stream that is further behind is brought one delivery after the other.</summary>
    public const int MaxHashes = 1 << 16;
}
