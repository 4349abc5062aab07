using Phala.LightClient;
using Phala.Testing.Chain.Light;
using Xunit;

namespace Phala.Tests.LightClient;

/// <summary>Each defect of a request has its name and changes nothing.</summary>
public sealed class FollowErrorTests
{
    public static TheoryData<string> Names => new(FollowScenarios.All.Select(scenario => scenario.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void ARequestIsTakenAsAWholeOrChangesNothing(string name)
    {
        FollowScenario scenario = FollowScenarios.All.Single(each => each.Name == name);
        ChainFollower follower = scenario.Restore();
        LightClientState before = follower.State;
        FollowResult result = follower.Advance(scenario.Request, out IReadOnlyList<DerivedEntry> entries);
        Assert.Equal(scenario.Expected, result.Error);
        if (result.IsOk) return;
        Assert.Empty(entries);
        bool isContradiction = result.Error is FollowError.ContradictsHistory or FollowError.ContradictsQueue;
        Assert.Equal(before, follower.State with { Stopped = isContradiction ? null : follower.State.Stopped });
        Assert.Equal(isContradiction || result.Error == FollowError.Stopped, follower.Evidence is not null);
    }

    [Fact]
    public void EveryErrorIsCaused()
    {
        FollowError[] caused = [.. FollowScenarios.All.Select(scenario => scenario.Expected).Distinct(), FollowError.TooLarge];
        Assert.Equal(Enum.GetValues<FollowError>().Order(), caused.Order());
    }

    [Fact]
    public void ARequestBeyondAllLengthsIsNotLookedAt()
    {
        ChainFollower follower = FollowScenarios.Follower(0);
        Assert.Equal(FollowError.TooLarge, follower.Advance(new byte[ChainFollower.MaxRequestLength + 1], out _).Error);
        Assert.Equal(FollowError.BadEncoding, follower.Advance(new byte[ChainFollower.MaxRequestLength], out _).Error);
    }

    [Fact]
    public void AResultSaysAtWhichHeaderItFailed()
    {
        AdvanceProof.Jump far = FollowScenarios.Chain.Jump(0, FollowScenarios.Chain.Height);
        ChainFollower follower = FollowScenarios.Follower(0);
        Assert.Equal(FollowScenarios.Chain.Blocks.Count(block => block.Changes), far.Changes.Length);
        Assert.Equal((FollowError.MissingHashProof, far.Changes.Length), Place(follower.Advance(far with { ReadProof = [] }, out _)));
        Assert.Equal((FollowError.NotJustified, 1), Place(follower.Advance(far with { Changes = [far.Changes[0], far.Changes[2], far.Changes[1]] }, out _)));

        static (FollowError Error, int At) Place(FollowResult result) => (result.Error, result.At);
    }
}
