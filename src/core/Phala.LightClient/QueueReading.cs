using Phala.Chain;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.LightClient;

/// <summary>What a final header shows: the queue's head, and the hashes of the blocks before it.</summary>
internal static class QueueReading
{
    /// <summary>Whether the chain keeps the hash of a block under a later one. The genesis' hash it keeps for ever.</summary>
    public static bool IsHashKept(uint number, uint under) => number < under && (number == 0 || under - number <= BlockLimits.BlockHashCount);

    /// <summary>Before the first entry there is no hash.</summary>
    public static bool IsPossible(in QueueHead head) => head.Count > 0 || head.Hash == default(Hash256);

    /// <summary>Reads the queue's head under a claim's header, from its digest or its proof.</summary>
    public static FollowError Read(in FinalityClaim claim, out QueueHead queue)
    {
        FollowError error = ReadDigest(claim.Finalized.Header.Digest, out QueueHead? found);
        queue = found ?? QueueHead.Empty;
        if (error != FollowError.None || found is not null) return error;
        if (claim.ReadProof.Length == 0) return FollowError.MissingQueueProof;
        bool isOpen = ProvenState.TryOpen(claim.ReadProof.ToArray(), claim.Finalized.Header.StateRoot, out ProvenState? state, out _);
        return isOpen ? ReadState(state!, out queue) : FollowError.BadReadProof;
    }

    /// <summary>Reads the queue's head in a digest.</summary>
    public static FollowError ReadDigest(in Digest digest, out QueueHead? queue)
    {
        if (QueueHead.Read(digest, out queue) != QueueDigestError.None) return FollowError.BadQueueDigest;
        return queue is not { } head || IsPossible(head) ? FollowError.None : FollowError.BadQueueDigest;
    }

    /// <summary>Reads the queue's head in a state. A state that has none has the empty one.</summary>
    public static FollowError ReadState(ProvenState state, out QueueHead queue)
    {
        FollowError error = state.TryRead(PhalaMq.QueueHead, out queue) switch
        {
            ProvenLookup.Present or ProvenLookup.Absent => FollowError.None,
            ProvenLookup.Missing => FollowError.MissingQueueProof,
            _ => FollowError.BadQueueValue,
        };
        return error == FollowError.None && !IsPossible(queue) ? FollowError.BadQueueValue : error;
    }

    /// <summary>Whether a queue may have gone from one head to another.</summary>
    public static bool IsContinued(in QueueHead from, in QueueHead to) => to.Count > from.Count || to == from;
}
