using Phala.LightClient;
using Phala.Testing;
using Phala.Testing.Chain.Light;

namespace Phala.Fuzz.Targets.LightClient;

/// <summary>States of light clients with some bytes changed. What is restored is saved as the same bytes.</summary>
internal sealed class RestoreTarget : FuzzTarget
{
    private static readonly IReadOnlyList<RestoreScenario> Scenarios = RestoreScenarios.All;

    public override string Name => "light-restore";

    public override IReadOnlyList<byte[]> Corpus { get; } = Patch.Corpus(Scenarios.Count);

    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<RestoreError>().Except([nameof(RestoreError.None)])];

    public override int SampleSize => 6_000;

    public override long AllocationBound(int inputLength) => 1_000_000;

    public override FuzzOutcome Run(byte[] input)
    {
        RestoreScenario scenario = Scenarios[Patch.Choice(input, Scenarios.Count)];
        byte[] encoded = Patch.Apply(scenario.Encoded, input);
        RestoreError error = ChainFollower.TryRestore(scenario.Genesis, encoded, out ChainFollower? follower);
        if (follower is not null && !follower.Save().AsSpan().SequenceEqual(encoded)) throw new InvalidOperationException("Restored, and not what was saved.");
        return new FuzzOutcome(error is not (RestoreError.BadEncoding or RestoreError.UnknownVersion), error == RestoreError.None ? null : error.ToString());
    }
}
