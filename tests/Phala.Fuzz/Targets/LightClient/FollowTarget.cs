using Phala.LightClient;
using Phala.Testing;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Light;

namespace Phala.Fuzz.Targets.LightClient;

/// <summary>Advances, good and bad, with some bytes changed. Whatever is refused changes nothing, and whatever is taken lies on the honest chain.</summary>
internal sealed class FollowTarget : FuzzTarget
{
    private static readonly IReadOnlyList<FollowScenario> Scenarios = FollowScenarios.All;

    public override string Name => "light-advance";

    public override IReadOnlyList<byte[]> Corpus { get; } = Patch.Corpus(Scenarios.Count);

    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<FollowError>().Except([nameof(FollowError.None), nameof(FollowError.TooLarge)])];

    public override int SampleSize => 6_000;

    public override long AllocationBound(int inputLength) => 4_000_000;

    public override FuzzOutcome Run(byte[] input)
    {
        FollowScenario scenario = Scenarios[Patch.Choice(input, Scenarios.Count)];
        ChainFollower follower = scenario.Restore();
        LightClientState before = follower.State;
        FollowResult result = follower.Advance(Patch.Apply(scenario.Request, input), out _);
        bool isContradiction = result.Error is FollowError.ContradictsHistory or FollowError.ContradictsQueue;
        if (isContradiction != (follower.Evidence != before.Stopped)) throw new InvalidOperationException("Evidence without a contradiction, or none with one.");
        if (isContradiction && follower.Evidence!.Verify(scenario.Genesis, null, out _) != EvidenceError.None) throw new InvalidOperationException("Evidence that shows nothing.");
        if (!result.IsOk && !isContradiction && !ReferenceEquals(before, follower.State)) throw new InvalidOperationException("A refused advance changes something.");
        if (result.IsOk && FollowScenarios.Chain.Blocks[(int)follower.Head.Block.Number] is QueueBlock block && (block.Id, block.Queue) != (follower.Head.Block, follower.Head.Queue))
        {
            throw new InvalidOperationException("Taken, and not on the honest chain.");
        }

        return new FuzzOutcome(result.Error != FollowError.BadEncoding, result.IsOk ? null : result.Error.ToString());
    }
}
