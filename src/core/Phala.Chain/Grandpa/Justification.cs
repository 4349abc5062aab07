using Phala.Codec;
using Phala.Crypto.Signatures;

namespace Phala.Chain.Grandpa;

/// <summary>A proof that a set of authorities has finalized a block.</summary>
/// <remarks>
/// <para><b>Concept.</b> Each voter signs the highest block that it saw supported by two thirds of the weight ("precommit"). A vote for a block is a vote for its ancestors:
/// the highest block that votes of more than two thirds of the weight have in common, the <em>ghost</em>, is final, and all blocks before it.</para>
/// <para><b>Invariant.</b> The accepted justifications are exactly those that the reference implementation accepts, stricter in nothing: votes of strangers must be signed
/// and connected, but count nothing; voters who vote twice are counted, not refused; every header must be needed.</para>
/// <para><b>Trust.</b> Who checks a justification by a set it believes in believes that the target is final, as long as voters of less than a third of the set's weight
/// are faulty. Two accepted justifications for blocks on different branches prove that more were.</para>
/// </remarks>
/// <param name="Round">The voting round within the set.</param>
/// <param name="Commit">The votes.</param>
/// <param name="VotesAncestries">The headers that lead from the votes' targets down to the lowest of them.</param>
[Scale("sp_consensus_grandpa::GrandpaJustification")]
public readonly partial record struct Justification(ulong Round, Commit Commit, Vec<Header> VotesAncestries)
{
    /// <summary>How many signatures are verified together: enough to pay, and few enough to stop early and to bound the memory.</summary>
    private const int BatchSize = 128;

    /// <summary>The block that it finalizes.</summary>
    public BlockId Target => new(Commit.TargetHash, Commit.TargetNumber);

    /// <summary>Decodes a justification, which must fill the bytes, and verifies it.</summary>
    /// <param name="encoded">The bytes.</param>
    /// <param name="set">Who may vote.</param>
    /// <param name="target">The block to be finalized, or null for any.</param>
    /// <param name="justification">What the bytes hold; its default where they hold none.</param>
    /// <returns><see cref="JustificationError.None"/>, or why not. Any bytes give an answer.</returns>
    public static JustificationError Verify(ReadOnlySpan<byte> encoded, AuthoritySet set, BlockId? target, out Justification justification)
    {
        DecodeResult<Justification> decoded = Scale.Decode<Justification>(encoded);
        justification = decoded.Value;
        return decoded.IsOk ? justification.Verify(set, target) : JustificationError.BadEncoding;
    }

    /// <summary>Verifies that the voters of a set have finalized the commit's target. Work and memory grow with the justification's length, or slightly faster.</summary>
    /// <param name="set">Who may vote; its number is part of what they sign.</param>
    /// <param name="target">The block to be finalized, or null for any.</param>
    /// <returns><see cref="JustificationError.None"/>, or why not. Any justification gives an answer.</returns>
    public JustificationError Verify(AuthoritySet set, BlockId? target = null)
    {
        if (target is { } expected && expected != Target) return JustificationError.WrongTarget;
        ReadOnlySpan<SignedPrecommit> votes = Commit.Precommits.AsSpan();
        if (!TryFindBase(votes, set, out BlockId lowestKnown)) return JustificationError.NoKnownVoter;
        VoteAncestry ancestry = new(VotesAncestries.AsSpan(), lowestKnown.Hash);
        JustificationError error = Count(votes, set, ancestry, lowestKnown.Number);
        if (error != JustificationError.None) return error;

        // Those who may not vote have a say here: their targets may be lower, and must be connected as well.
        _ = TryFindBase(votes, null, out BlockId lowest);
        VoteAncestry whole = ancestry.Above(lowest.Hash);
        foreach (ref readonly SignedPrecommit vote in votes)
        {
            if (!whole.TryWalk(vote.Precommit.TargetHash, out _)) return JustificationError.UnconnectedVote;
        }

        if (!whole.IsAllMet) return JustificationError.UnusedHeader;
        return AreSigned(votes, set.Id) ? JustificationError.None : JustificationError.BadSignature;
    }

    /// <summary>The first of the lowest targets: of the set's voters, or of all.</summary>
    private static bool TryFindBase(ReadOnlySpan<SignedPrecommit> votes, AuthoritySet? set, out BlockId lowest)
    {
        bool found = false;
        lowest = default;
        foreach (ref readonly SignedPrecommit vote in votes)
        {
            if (set is not null && set.IndexOf(vote.Id) < 0) continue;
            if (found && vote.Precommit.TargetNumber >= lowest.Number) continue;
            lowest = new BlockId(vote.Precommit.TargetHash, vote.Precommit.TargetNumber);
            found = true;
        }

        return found;
    }

    private JustificationError Count(ReadOnlySpan<SignedPrecommit> votes, AuthoritySet set, VoteAncestry ancestry, uint baseNumber)
    {
        PrecommitTally tally = new(set, ancestry, baseNumber);
        foreach (ref readonly SignedPrecommit vote in votes)
        {
            int voter = set.IndexOf(vote.Id);
            if (voter < 0) continue;
            if (!ancestry.TryWalk(vote.Precommit.TargetHash, out int node)) return JustificationError.UnconnectedVote;
            tally.Add(voter, vote, node);
        }

        if (tally.VotedWeight < set.Threshold) return JustificationError.NotEnoughWeight;
        return tally.Ghost() == Target ? JustificationError.None : JustificationError.WrongGhost;
    }

    private bool AreSigned(ReadOnlySpan<SignedPrecommit> votes, ulong setId)
    {
        Span<byte> payload = stackalloc byte[VotePayload.Length];
        Ed25519BatchVerifier batch = new(Math.Min(votes.Length, BatchSize));
        for (int index = 0; index < votes.Length; index++)
        {
            ref readonly SignedPrecommit vote = ref votes[index];
            VotePayload.WritePrecommit(vote.Precommit, Round, setId, payload);
            batch.Add(vote.Id.AsSpan(), payload, vote.Signature.AsSpan());
            if (batch.Count < BatchSize && index + 1 < votes.Length) continue;
            if (!batch.Verify()) return false;
            batch.Clear();
        }

        return true;
    }
}
