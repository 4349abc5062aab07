using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Queue;

namespace Phala.LightClient;

/// <summary>The way from a light client's head to a later final block.</summary>
[Scale]
public abstract partial record AdvanceProof
{
    private AdvanceProof()
    {
    }

    /// <summary>From one change of the authority set to the next, for <see cref="LightClientMode.Digest"/>.</summary>
    /// <param name="Changes">The last headers of the sets between, each of which announces the next set, in ascending order.</param>
    /// <param name="Target">The final block. It may itself announce a set.</param>
    /// <param name="ReadProof">
    /// A read proof under the target's state root, <c>SCALE(Vec&lt;Vec&lt;u8&gt;&gt;)</c>: of <c>System.BlockHash</c> of the head, as long as the chain keeps it, and of <c>PhalaMq.QueueHead</c>, where the
    /// target's digest does not say it. Empty where neither is needed.
    /// </param>
    [Variant(0)]
    public sealed record Jump(Vec<WarpSyncFragment> Changes, WarpSyncFragment Target, Vec<byte> ReadProof) : AdvanceProof
    {
        /// <summary>The storage keys that the read proof has to reveal, for those who make one; none where no proof is needed.</summary>
        /// <param name="head">The number of the client's head.</param>
        /// <param name="target">The target's header.</param>
        public static IReadOnlyList<byte[]> KeysOf(uint head, in Header target)
        {
            List<byte[]> keys = [];
            if (QueueReading.IsHashKept(head, target.Number)) keys.Add(FrameSystem.BlockHash.Key(head));
            if (QueueReading.ReadDigest(target.Digest, out QueueHead? said) == FollowError.None && said is null) keys.Add(PhalaMq.QueueHead.Prefix.ToArray());
            return keys;
        }
    }

    /// <summary>Header by header, for <see cref="LightClientMode.StorageProof"/>.</summary>
    /// <param name="Blocks">The blocks after the head, each the child of the one before. Those that announce a set, and the last, have a justification.</param>
    [Variant(1)]
    public sealed record Walk(Vec<WalkedBlock> Blocks) : AdvanceProof;
}
