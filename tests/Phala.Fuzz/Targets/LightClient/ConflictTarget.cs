using Phala.Codec;
using Phala.LightClient;
using Phala.Testing;
using Phala.Testing.Chain.Light;

namespace Phala.Fuzz.Targets.LightClient;

/// <summary>Blocks that are reported, with some bytes of the block or of its proof changed. A client that stops has evidence.</summary>
internal sealed class ConflictTarget : FuzzTarget
{
    private const string BadEncoding = "BadEncoding";

    private static readonly IReadOnlyList<ConflictScenario> Scenarios = ConflictScenarios.All;

    public override string Name => "light-conflict";

    public override IReadOnlyList<byte[]> Corpus { get; } = Patch.Corpus(Scenarios.Count);

    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<ConflictError>().Except([nameof(ConflictError.None)]), BadEncoding];

    public override int SampleSize => 6_000;

    public override long AllocationBound(int inputLength) => 1_000_000;

    public override FuzzOutcome Run(byte[] input)
    {
        ConflictScenario scenario = Scenarios[Patch.Choice(input, Scenarios.Count)];
        byte[] claim = Scale.Encode(scenario.Claim), both = Patch.Apply([.. claim, .. scenario.HeadProof], input);
        DecodeResult<FinalityClaim> decoded = Scale.Decode<FinalityClaim>(both.AsSpan(0, claim.Length));
        if (!decoded.IsOk) return new FuzzOutcome(false, BadEncoding);
        ChainFollower follower = scenario.Restore();
        LightClientState before = follower.State;
        ConflictError error = follower.TryReportConflict(decoded.Value, Vec.Create<byte>(both.AsSpan(claim.Length)));
        if (error != ConflictError.None && !ReferenceEquals(before, follower.State)) throw new InvalidOperationException("A refused report changes something.");
        if (error == ConflictError.None && follower.Evidence!.Verify(scenario.Genesis, follower.Head.FinalizedBy, out _) != EvidenceError.None) throw new InvalidOperationException("Stopped without evidence.");
        return new FuzzOutcome(true, error == ConflictError.None ? null : error.ToString());
    }
}
