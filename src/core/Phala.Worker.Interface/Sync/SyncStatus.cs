using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Worker.Interface.Sync;

/// <summary>Where a worker stands, and what it wants next. All that a relayer has to know: it keeps nothing of its own.</summary>
/// <remarks>
/// <para><b>Concept.</b> A relayer carries bytes between a chain and a worker. It asks for the status, brings what the status wants, and looks at the status of the reply. Every request may be
/// repeated, come late or come from several relayers at once: what was taken already is passed over, what does not fit is refused with the status as it is.</para>
/// <para><b>Invariant.</b> <c>Head</c> and <c>Queue</c> only move forward during one boot, and no stream is ever beyond <c>Queue</c>.</para>
/// <para><b>Trust.</b> None in either direction: the worker verifies what it is brought, and the chain what the worker sends. The status itself is not signed.</para>
/// </remarks>
/// <param name="Genesis">The chain's first block; none as long as the worker has to be begun with a <see cref="GenesisInfo"/>.</param>
/// <param name="Identity">The worker's identity key.</param>
/// <param name="Session">The signing key of this boot: it names the session.</param>
/// <param name="Head">The newest block that the worker knows to be final.</param>
/// <param name="SetId">The id of the authority set that finalizes the blocks after it.</param>
/// <param name="Queue">How far the queue goes at that block: entries up to there may be brought.</param>
/// <param name="ViewTime">The time of that block in milliseconds since 1970: slot times slot duration; 0 at the genesis.</param>
/// <param name="Source">Where the worker takes the queue's position from.</param>
/// <param name="Streams">What it follows: the system's channel first, then those of its clusters. Each has its own cursor.</param>
/// <param name="Delivery">The delivery of entries under way, where there is one.</param>
/// <param name="Needs">What it wants besides blocks and entries.</param>
/// <param name="Stopped">Why it goes on no more, where it does not.</param>
[Scale]
public sealed partial record SyncStatus(
    Option<Hash256> Genesis,
    Sr25519PublicKey Identity,
    Sr25519PublicKey Session,
    BlockId Head,
    ulong SetId,
    QueueHead Queue,
    ulong ViewTime,
    QueueSource Source,
    Vec<StreamStatus> Streams,
    Option<DeliveryStatus> Delivery,
    SyncNeeds Needs,
    Option<StopReason> Stopped);
