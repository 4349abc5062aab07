using Phala.Codec;
using Phala.Fuzz.Targets.Codec;
using Phala.LightClient;
using Phala.Testing;
using Phala.Testing.Chain.Light;

namespace Phala.Fuzz.Targets.LightClient;

/// <summary>The decoders and verifiers of Phala.LightClient.</summary>
public static class LightClientTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new DecodeTarget<AdvanceProof, AdvanceProof>("scale-advance-proof", [FollowScenarios.Chain.Jump(0, 40), FollowScenarios.Chain.Jump(40, 41), FollowScenarios.Chain.Walk(20, 23)], outer: 1,
            ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.InvalidOption, ScaleError.UnknownVariant, ScaleError.LengthExceedsInput, ScaleError.TrailingBytes),
        new DecodeTarget<LightClientState, LightClientState>("scale-light-client", [FollowScenarios.Follower(0).State, FollowScenarios.Follower(21).State, RestoreScenarios.Stopped], outer: 34,
            ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.InvalidOption, ScaleError.UnknownVariant, ScaleError.LengthExceedsInput, ScaleError.TrailingBytes),
        new DecodeTarget<Evidence, Evidence>("scale-evidence", [EvidenceScenarios.SameNumber, EvidenceScenarios.HistoryOverChanges, EvidenceScenarios.Queue], outer: 32,
            ScaleError.UnexpectedEnd, ScaleError.NonMinimalCompact, ScaleError.CompactOverflow, ScaleError.UnknownVariant, ScaleError.LengthExceedsInput, ScaleError.TrailingBytes),
        new StartTarget(), new FollowTarget(), new RestoreTarget(), new EvidenceTarget(), new ConflictTarget(), new EntryTarget(), new WaypointTarget(),
    ];
}
