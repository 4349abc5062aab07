using Phala.LightClient;
using Phala.Testing.Chain.Light;
using Xunit;

namespace Phala.Tests.LightClient;

/// <summary>A state that is kept is verified when it is read again.</summary>
public sealed class RestoreTests
{
    public static TheoryData<string> Names => new(RestoreScenarios.All.Select(scenario => scenario.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void OnlyAStateThatAClientCanHaveIsRestored(string name)
    {
        RestoreScenario scenario = RestoreScenarios.All.Single(each => each.Name == name);
        Assert.Equal(scenario.Expected, ChainFollower.TryRestore(scenario.Genesis, scenario.Encoded, out ChainFollower? follower));
        Assert.Equal(scenario.Expected == RestoreError.None, follower is not null);
        if (follower is not null) Assert.Equal(scenario.Encoded, follower.Save());
    }

    [Fact]
    public void EveryErrorIsCaused() => Assert.Equal(Enum.GetValues<RestoreError>().Order(), RestoreScenarios.All.Select(scenario => scenario.Expected).Distinct().Order());
}
