using Phala.Chain.Grandpa;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.LightClient;

/// <summary>The rule of <see cref="AdvanceProof.Jump"/>: finality first, then what the final target says.</summary>
internal ref struct JumpRule(VerifiedHead head, AdvanceProof.Jump jump)
{
    private FinalizedHead _finalized = new(head.Block, head.Set);
    private AuthoritySet _finalizedBy = head.Set;
    private ulong _slot;
    private ProvenState? _proven;
    private QueueHead _queue;

    /// <summary>Why the client must stop; null where it need not.</summary>
    public Evidence? Evidence { get; private set; }

    /// <summary>Checks all of it.</summary>
    /// <param name="next">The head after it.</param>
    public FollowResult Check(out VerifiedHead? next)
    {
        next = null;
        FollowResult result = CheckFinality();
        if (!result.IsOk) return result;
        result = OpenProof();
        if (!result.IsOk) return result;

        // A fork is a fork, whatever else is wrong with it: its history is looked at first.
        bool isProofKept = false;
        FollowError error = CheckHistory();
        if (error == FollowError.None) error = CheckSlot();
        if (error == FollowError.None) error = CheckQueue(out isProofKept);
        if (error is FollowError.ContradictsHistory or FollowError.ContradictsQueue) Evidence = new Evidence(head.State.Genesis, head.State.Head, jump.Changes, Claim(isProofKept: true));
        if (error != FollowError.None) return new FollowResult(error, jump.Changes.Length);

        LightClientState state = head.State with { Head = Claim(isProofKept), Queue = _queue };
        next = VerifiedHead.Of(state, _finalized, _finalizedBy, _slot);
        return default;
    }

    private FollowResult CheckFinality()
    {
        for (int at = 0; at < jump.Changes.Length; at++)
        {
            FollowResult result = Follow(jump.Changes[at], at);
            if (!result.IsOk) return result;
            if (_finalized.Set.Id == _finalizedBy.Id) return new FollowResult(FollowError.MissingChange, at);
        }

        return Follow(jump.Target, jump.Changes.Length);
    }

    private FollowResult Follow(in WarpSyncFragment fragment, int at)
    {
        AdvanceResult result = _finalized.TryAdvance(fragment.Header, fragment.Justification, out FinalizedHead? next);
        if (!result.IsOk) return FollowResult.Of(result, at);
        (_finalizedBy, _finalized) = (_finalized.Set, next!);
        return default;
    }

    private FollowError CheckSlot()
    {
        FollowError error = VerifiedHead.ReadSlot(jump.Target.Header.Digest, head.State.SlotDuration, out _slot);
        return error == FollowError.None && head.Block.Number > 0 && _slot <= head.Slot ? FollowError.SlotNotAscending : error;
    }

    private FollowResult OpenProof()
    {
        if (jump.ReadProof.Length == 0) return default;
        return ProvenState.TryOpen(jump.ReadProof.ToArray(), jump.Target.Header.StateRoot, out _proven, out ProofError error)
            ? default
            : new FollowResult(FollowError.BadReadProof, jump.Changes.Length, Proof: error);
    }

    /// <summary>Whether the target's chain has our head, as far as it keeps hashes.</summary>
    private readonly FollowError CheckHistory()
    {
        if (!QueueReading.IsHashKept(head.Block.Number, jump.Target.Header.Number)) return FollowError.None;
        if (_proven is null) return FollowError.MissingHashProof;
        switch (_proven.TryRead(FrameSystem.BlockHash, head.Block.Number, out Hash256 hash))
        {
            case ProvenLookup.Present when hash == head.Block.Hash: return FollowError.None;
            case ProvenLookup.Present: break;
            case ProvenLookup.Missing: return FollowError.MissingHashProof;
            default: return FollowError.HashNotKept;
        }

        // Voters' keys say nothing of the chain they vote on. Another genesis is another chain, on which the same voters may finalize what they like.
        bool isForeign = _proven.TryRead(FrameSystem.BlockHash, 0u, out Hash256 genesis) == ProvenLookup.Present && genesis != head.State.Genesis;
        return isForeign ? FollowError.ForeignGenesis : FollowError.ContradictsHistory;
    }

    private FollowError CheckQueue(out bool isProofKept)
    {
        isProofKept = false;
        FollowError error = QueueReading.ReadDigest(jump.Target.Header.Digest, out QueueHead? said);
        if (error != FollowError.None) return error;
        if (said is { } queue)
        {
            _queue = queue;
        }
        else
        {
            if (_proven is null) return FollowError.MissingQueueProof;
            error = QueueReading.ReadState(_proven, out _queue);
            if (error != FollowError.None) return error;
            isProofKept = true;
        }

        return QueueReading.IsContinued(head.Queue, _queue) ? FollowError.None : FollowError.ContradictsQueue;
    }

    private readonly FinalityClaim Claim(bool isProofKept) => new(jump.Target, _finalizedBy.Id, _finalizedBy.Authorities, isProofKept ? jump.ReadProof : default);
}
