using Phala.Chain;
using Phala.LightClient;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Testing.Chain;

/// <summary>A block of a <see cref="QueueChain"/>.</summary>
/// <param name="Header">The header.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="State">The state after it.</param>
/// <param name="Set">The number of the set that may finalize it.</param>
/// <param name="Changes">Whether another set follows.</param>
/// <param name="Slot">Its slot.</param>
/// <param name="Queue">The queue's head after it.</param>
/// <param name="LastEntry">The number of the block with the last entry.</param>
/// <param name="Added">What it added to the queue; null if nothing.</param>
public sealed record QueueBlock(Header Header, Hash256 Hash, MerkleTrie State, int Set, bool Changes, ulong Slot, QueueHead Queue, uint LastEntry, DerivedEntry? Added)
{
    /// <summary>Its name.</summary>
    public BlockId Id => new(Hash, Header.Number);
}
