using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.LightClient;

/// <summary>Two final blocks that cannot belong to one chain.</summary>
/// <remarks>
/// <b>Trust.</b> Who verifies evidence, and believes that the lower block's set was the chain's, knows that voters of at least a third of a set's weight broke the rules. That the set was the chain's,
/// evidence can't show: whoever verifies it gives the set that a light client of his own has found, or takes it as it is said.
/// </remarks>
/// <param name="Genesis">The chain.</param>
/// <param name="Lower">The block with the lower number.</param>
/// <param name="Way">The changes of the authority set from the lower block to the higher one; none where one set finalized both.</param>
/// <param name="Higher">The other block; with a read proof of what contradicts, unless both have one number.</param>
[Scale]
public sealed partial record Evidence(Hash256 Genesis, FinalityClaim Lower, Vec<WarpSyncFragment> Way, FinalityClaim Higher)
{
    /// <summary>Decodes evidence, which must fill the bytes, and verifies it.</summary>
    /// <inheritdoc cref="Verify(in Hash256, AuthoritySet?, out EvidenceKind)"/>
    /// <param name="encoded">The bytes.</param>
    /// <param name="genesis"/><param name="trusted"/><param name="kind"/>
    public static EvidenceError Verify(ReadOnlySpan<byte> encoded, in Hash256 genesis, AuthoritySet? trusted, out EvidenceKind kind)
    {
        kind = default;
        return Scale.Decode<Evidence>(encoded).TryGet(out Evidence? evidence) ? evidence.Verify(genesis, trusted, out kind) : EvidenceError.BadEncoding;
    }

    /// <summary>Verifies that both blocks are final and contradict each other.</summary>
    /// <param name="genesis">The chain that it is to be about.</param>
    /// <param name="trusted">The set that was in office at the lower block, where the verifier knows it; null to take it as the evidence says.</param>
    /// <param name="kind">How they contradict each other.</param>
    /// <returns><see cref="EvidenceError.None"/>, or why it shows nothing. Any evidence gives an answer.</returns>
    public EvidenceError Verify(in Hash256 genesis, AuthoritySet? trusted, out EvidenceKind kind)
    {
        kind = default;
        if (Genesis != genesis) return EvidenceError.OtherGenesis;
        bool hasLower = AuthoritySet.TryCreate(Lower.SetId, Lower.Authorities, out AuthoritySet? lowerSet) == AuthoritySetError.None;
        bool hasHigher = AuthoritySet.TryCreate(Higher.SetId, Higher.Authorities, out AuthoritySet? higherSet) == AuthoritySetError.None;
        if (!hasLower || !hasHigher) return EvidenceError.InvalidSet;
        if (trusted is not null && !Lower.IsBy(trusted)) return EvidenceError.UntrustedSet;

        BlockId lower = BlockId.Of(Lower.Finalized.Header), higher = BlockId.Of(Higher.Finalized.Header);
        if (lower.Number == 0 || lower.Number > higher.Number) return EvidenceError.BadOrder;
        if (Lower.Finalized.Justification.Verify(lowerSet!, lower) != JustificationError.None) return EvidenceError.LowerNotFinal;
        if (!IsWay(lower, lowerSet!)) return EvidenceError.BadWay;
        if (Higher.Finalized.Justification.Verify(higherSet!, higher) != JustificationError.None) return EvidenceError.HigherNotFinal;
        return Contradiction(lower, higher, out kind);
    }

    private bool IsWay(in BlockId lower, AuthoritySet set)
    {
        if (Lower.SetId == Higher.SetId) return Way.Length == 0 && Lower.Authorities == Higher.Authorities;
        FinalizedHead before = new(new BlockId(Lower.Finalized.Header.ParentHash, lower.Number - 1), set);
        if (!before.TryAdvance(Lower.Finalized.Header, Lower.Finalized.Justification, out FinalizedHead? at).IsOk) return false;
        foreach (WarpSyncFragment change in Way)
        {
            if (!at!.TryAdvance(change.Header, change.Justification, out FinalizedHead? next).IsOk || next!.Set.Id == at.Set.Id) return false;
            at = next;
        }

        return Higher.IsBy(at!.Set) && at.Block.Number < Higher.Finalized.Header.Number;
    }

    private EvidenceError Contradiction(in BlockId lower, in BlockId higher, out EvidenceKind kind)
    {
        kind = EvidenceKind.SameNumber;
        if (lower.Number == higher.Number) return lower.Hash == higher.Hash ? EvidenceError.NoContradiction : EvidenceError.None;
        kind = EvidenceKind.History;
        if (HasOtherHistory(lower)) return EvidenceError.None;
        kind = EvidenceKind.Queue;
        bool areRead = QueueReading.Read(Lower, out QueueHead from) == FollowError.None & QueueReading.Read(Higher, out QueueHead to) == FollowError.None;
        return areRead && !QueueReading.IsContinued(from, to) ? EvidenceError.None : EvidenceError.NoContradiction;
    }

    private bool HasOtherHistory(in BlockId lower)
    {
        Header header = Higher.Finalized.Header;
        return QueueReading.IsHashKept(lower.Number, header.Number)
            && ProvenState.TryOpen(Higher.ReadProof.ToArray(), header.StateRoot, out ProvenState? state, out _)
            && state.TryRead(FrameSystem.BlockHash, lower.Number, out Hash256 hash) == ProvenLookup.Present
            && hash != lower.Hash
            && !(state.TryRead(FrameSystem.BlockHash, 0u, out Hash256 genesis) == ProvenLookup.Present && genesis != Genesis);
    }
}
