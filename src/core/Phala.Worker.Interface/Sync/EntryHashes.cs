using Phala.Codec;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Worker.Interface.Sync;

/// <summary>The hashes of the entries from a stream's cursor to the queue's position: the request of <c>BeginEntries</c>.</summary>
/// <remarks>All streams whose cursor is <paramref name="From"/> and that take entries share the delivery. A delivery that is under way is replaced.</remarks>
/// <param name="From">The cursor of one stream at least.</param>
/// <param name="Hashes">Folded from there they must give <see cref="SyncStatus.Queue"/>: at most <see cref="MaxHashes"/>.</param>
[Scale]
public sealed partial record EntryHashes(QueueHead From, Vec<Hash256> Hashes)
{
    /// <summary>The longest delivery: 2²⁰ entries. A worker that is further behind is advanced to a block between.</summary>
    public const int MaxHashes = 1 << 20;
}
