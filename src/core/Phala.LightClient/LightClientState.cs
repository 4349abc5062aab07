using Phala.Codec;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.LightClient;

/// <summary>What a light client keeps: all it knows follows from this.</summary>
/// <remarks>
/// Nothing that can be computed from the last final header is kept beside it: the next authority set is in its digest or the claim, and so is the slot. Whoever restores a client verifies
/// the claim again (<see cref="ChainFollower.TryRestore"/>).
/// </remarks>
/// <param name="Version">The version of this format: <see cref="CurrentVersion"/>.</param>
/// <param name="Genesis">The hash of the first header: the trust root.</param>
/// <param name="Mode">Where the queue's head comes from.</param>
/// <param name="SlotDuration">The length of a slot in milliseconds.</param>
/// <param name="Head">The last final header and why it is final; with the read proof of the queue's head, where its digest does not say it.</param>
/// <param name="Queue">The queue's head after that block.</param>
/// <param name="LastEntry">The number of the block with the last entry, where the client derives entries; otherwise 0.</param>
/// <param name="Stopped">Why the client believes no one any more, where it does not.</param>
[Scale]
public sealed partial record LightClientState(
    byte Version,
    Hash256 Genesis,
    LightClientMode Mode,
    ulong SlotDuration,
    FinalityClaim Head,
    QueueHead Queue,
    uint LastEntry,
    Evidence? Stopped)
{
    /// <summary>The version that this code writes and reads.</summary>
    public const byte CurrentVersion = 1;
}
