namespace Phala.Chain.Grandpa;

/// <summary>The last block known to be final, and who may finalize the next.</summary>
/// <remarks>
/// Invariant: along a chain of heads numbers ascend strictly, and set numbers by one, with every header that announces authorities. A header that is skipped without its
/// justification changes nothing here, and the votes of the set it announces are then strangers' votes: a change cannot be left out, only awaited. Trust: as in the first head.
/// </remarks>
/// <param name="Block">The block.</param>
/// <param name="Set">Who may finalize the blocks after it.</param>
public sealed record FinalizedHead(BlockId Block, AuthoritySet Set)
{
    /// <summary>Follows one header with its justification by the present set. If it announces authorities, the next set takes over after it.</summary>
    /// <param name="header">A header above the head, descending from it or not: that no two branches become final is what the justification stands for.</param>
    /// <param name="justification">Its justification.</param>
    /// <param name="next">The header as head.</param>
    /// <returns>Whether it was followed, or why not. Any input gives an answer.</returns>
    public AdvanceResult TryAdvance(in Header header, in Justification justification, out FinalizedHead? next)
    {
        next = null;
        if (header.Number <= Block.Number) return new(AdvanceError.NotAscending);
        BlockId block = BlockId.Of(header);
        JustificationError error = justification.Verify(Set, block);
        if (error != JustificationError.None) return new(AdvanceError.NotJustified, Justification: error);

        AdvanceResult result = TryNextSet(header.Digest, out AuthoritySet? set);
        if (result.IsOk) next = new FinalizedHead(block, set!);
        return result;
    }

    private AdvanceResult TryNextSet(in Digest digest, out AuthoritySet? set)
    {
        set = Set;
        GrandpaDigestError unsupported = GrandpaDigest.Read(digest, out ScheduledChange? change);
        if (unsupported != GrandpaDigestError.None) return new(AdvanceError.UnsupportedDigest, Digest: unsupported);
        if (change is not { } scheduled) return default;
        if (Set.Id == ulong.MaxValue) return new(AdvanceError.LastSet);
        AuthoritySetError invalid = AuthoritySet.TryCreate(Set.Id + 1, scheduled.NextAuthorities, out set);
        return invalid == AuthoritySetError.None ? default : new(AdvanceError.InvalidNextSet, NextSet: invalid);
    }
}
