using Phala.Codec;

namespace Phala.LightClient;

/// <summary>Where a light client takes the queue's head from.</summary>
[Scale]
public enum LightClientMode : byte
{
    /// <summary>From the chain: the header's digest, or a read proof of <c>PhalaMq.QueueHead</c>. Headers between justified ones are not needed.</summary>
    Digest = 0,

    /// <summary>From itself: every header with a read proof of its messages. For chains that keep no queue.</summary>
    StorageProof = 1,
}
