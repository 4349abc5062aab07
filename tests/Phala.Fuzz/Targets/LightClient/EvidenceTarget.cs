using Phala.LightClient;
using Phala.Testing;
using Phala.Testing.Chain.Light;

namespace Phala.Fuzz.Targets.LightClient;

/// <summary>Evidence with some bytes changed.</summary>
internal sealed class EvidenceTarget : FuzzTarget
{
    private static readonly IReadOnlyList<EvidenceScenario> Scenarios = EvidenceScenarios.All;

    public override string Name => "light-evidence";

    public override IReadOnlyList<byte[]> Corpus { get; } = Patch.Corpus(Scenarios.Count);

    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<EvidenceError>().Except([nameof(EvidenceError.None)])];

    public override int SampleSize => 6_000;

    public override long AllocationBound(int inputLength) => 1_000_000;

    public override FuzzOutcome Run(byte[] input)
    {
        EvidenceScenario scenario = Scenarios[Patch.Choice(input, Scenarios.Count)];
        EvidenceError error = Evidence.Verify(Patch.Apply(scenario.Encoded, input), FollowScenarios.Chain.Genesis, scenario.Trusted, out _);
        return new FuzzOutcome(error != EvidenceError.BadEncoding, error == EvidenceError.None ? null : error.ToString());
    }
}
