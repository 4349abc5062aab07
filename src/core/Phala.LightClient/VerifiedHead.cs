using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Runtime.Interface.Queue;

namespace Phala.LightClient;

/// <summary>The last final block, and what follows from it. It never changes: a client that advances has another.</summary>
public sealed class VerifiedHead
{
    private VerifiedHead(LightClientState state, FinalizedHead finalized, AuthoritySet finalizedBy, ulong slot)
    {
        (State, Block, Set, FinalizedBy) = (state, finalized.Block, finalized.Set, finalizedBy);
        (Slot, ViewTime) = (slot, slot * state.SlotDuration);
    }

    /// <summary>What it was made of.</summary>
    public LightClientState State { get; }

    /// <summary>The header.</summary>
    public Header Header => State.Head.Finalized.Header;

    /// <summary>The block.</summary>
    public BlockId Block { get; }

    /// <summary>Who may finalize the blocks after it.</summary>
    public AuthoritySet Set { get; }

    /// <summary>Who finalized it; of the genesis the first set.</summary>
    public AuthoritySet FinalizedBy { get; }

    /// <summary>The Aura slot that the header was made in; 0 for the genesis.</summary>
    public ulong Slot { get; }

    /// <summary>The time of the block in milliseconds since 1970: slot times slot duration; 0 for the genesis.</summary>
    public ulong ViewTime { get; }

    /// <summary>The queue's head after the block.</summary>
    public QueueHead Queue => State.Queue;

    /// <summary>Verifies a state and what it says of its head.</summary>
    internal static RestoreError TryCreate(LightClientState state, out VerifiedHead? head)
    {
        head = null;
        if (state.SlotDuration == 0) return RestoreError.ZeroSlotDuration;
        FinalityClaim claim = state.Head;
        if (AuthoritySet.TryCreate(claim.SetId, claim.Authorities, out AuthoritySet? set) != AuthoritySetError.None) return RestoreError.InvalidSet;
        RestoreError error = claim.Finalized.Header.Number == 0 ? TryGenesis(state, set!, out head) : TryLater(state, set!, out head);
        if (error != RestoreError.None || state.Stopped is not { } evidence) return error;
        return evidence.Verify(state.Genesis, null, out _) == EvidenceError.None ? RestoreError.None : RestoreError.BadEvidence;
    }

    /// <summary>The head of a client that has verified it.</summary>
    internal static VerifiedHead Of(LightClientState state, FinalizedHead finalized, AuthoritySet finalizedBy, ulong slot) => new(state, finalized, finalizedBy, slot);

    /// <summary>The same head of a client that believes no one any more.</summary>
    internal VerifiedHead Stop(Evidence evidence) => new(State with { Stopped = evidence }, new FinalizedHead(Block, Set), FinalizedBy, Slot);

    /// <summary>Reads a header's slot, which must lie within the time that milliseconds can count.</summary>
    internal static FollowError ReadSlot(in Digest digest, ulong duration, out ulong slot)
    {
        if (AuraSeal.ReadSlot(digest, out slot) != AuraError.None) return FollowError.BadSlot;
        return slot <= ulong.MaxValue / duration ? FollowError.None : FollowError.SlotOutOfRange;
    }

    private static RestoreError TryGenesis(LightClientState state, AuthoritySet set, out VerifiedHead? head)
    {
        head = null;
        FinalityClaim claim = state.Head;
        bool isPlain = claim.Finalized.Justification == default && claim is { SetId: 0, ReadProof.Length: 0 } && state is { LastEntry: 0 } && state.Queue == QueueHead.Empty;
        if (!isPlain || claim.Finalized.Header.Hash() != state.Genesis) return RestoreError.BadGenesis;
        head = new VerifiedHead(state, new FinalizedHead(new BlockId(state.Genesis, 0), set), set, 0);
        return RestoreError.None;
    }

    private static RestoreError TryLater(LightClientState state, AuthoritySet set, out VerifiedHead? head)
    {
        head = null;
        (Header header, Justification justification) = state.Head.Finalized;
        FinalizedHead before = new(new BlockId(header.ParentHash, header.Number - 1), set);
        if (!before.TryAdvance(header, justification, out FinalizedHead? finalized).IsOk) return RestoreError.NotFinal;
        if (ReadSlot(header.Digest, state.SlotDuration, out ulong slot) != FollowError.None) return RestoreError.BadSlot;
        if (!IsQueueShown(state)) return RestoreError.BadQueue;
        head = new VerifiedHead(state, finalized!, set, slot);
        return RestoreError.None;
    }

    // A derived queue is shown by nothing: the state itself says it.
    private static bool IsQueueShown(LightClientState state)
    {
        FinalityClaim claim = state.Head;
        if (state.Mode == LightClientMode.StorageProof)
        {
            return claim.ReadProof.Length == 0 && state.LastEntry <= claim.Finalized.Header.Number && (state.Queue.Count == 0) == (state.LastEntry == 0) && QueueReading.IsPossible(state.Queue);
        }

        return state.LastEntry == 0 && QueueReading.Read(claim, out QueueHead queue) == FollowError.None && queue == state.Queue;
    }
}
